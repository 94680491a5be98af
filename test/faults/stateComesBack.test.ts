import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { sqliteRecords } from './records';
import { until } from '../until';
import { useEngine, useSimulator } from '../engine/harness';
import { accepted, credentials, itemsOf, withoutStatuses } from '../engine/node/account';

const userFolder = mkdtempSync(join(tmpdir(), 'state-comes-back-'));
const stateFile = join(userFolder, '.n8n', 'whatsapp-cloud', 'state.sqlite');
const simulator = useSimulator(withoutStatuses);
const engine = useEngine({ N8N_USER_FOLDER: userFolder });

afterAll(() => rmSync(userFolder, { recursive: true, force: true }));

test('a state that could not be opened is tried again within the run', async () => {
	mkdirSync(dirname(stateFile), { recursive: true });
	writeFileSync(stateFile, 'no database '.repeat(1_000));
	const count = 10;
	// One every five seconds, so that the run outlasts the pause before the state is tried again.
	const sending = engine.runNode({
		node: 'whatsAppCloud',
		parameters: {
			valuesFrom: 'item',
			delivery: { onStateProblem: 'continue', concurrency: 1, messagesPerSecond: 0.2 },
		},
		credentials: credentials(simulator.url),
		items: Array.from({ length: count }, (_, index) => ({
			json: { recipient: `+1555020000${index}`, text: `Number ${index}` },
		})),
	});
	await until('the first message is out', async () => (await accepted(simulator)).length > 0);
	rmSync(stateFile);

	const run = await sending;
	expect(itemsOf(run).map(({ json }) => json['outcome'])).toEqual(Array(count).fill('sent'));
	expect(await accepted(simulator)).toHaveLength(count);
	const warnings = (run.hints ?? []).filter((hint) => hint.includes('sending goes on without'));
	expect(warnings).toHaveLength(1);
	const places = (await sqliteRecords(stateFile)()).map(({ itemIndex }) => itemIndex);
	expect(places).toContain(count - 1);
	expect(places).not.toContain(0);
});
