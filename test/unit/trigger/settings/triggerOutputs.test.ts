import { runInNewContext } from 'node:vm';
import { byOutput } from '../../../../nodes/WhatsAppCloud/trigger/execution/items';
import { readOptions } from '../../../../nodes/WhatsAppCloud/trigger/settings/triggerOptions';
import {
	mostOutputs,
	triggerOutputs,
} from '../../../../nodes/WhatsAppCloud/trigger/settings/triggerOutputs';

/** The outputs as n8n evaluates them for these settings. */
const outputsFor = (settings: object): unknown[] =>
	runInNewContext(triggerOutputs.slice('={{'.length, -'}}'.length), {
		$parameter: { settings },
	}) as unknown[];

const all = [{}, { splitOutputs: true }].flatMap((split) =>
	[{}, { whenTakenOver: 'mark' }, { whenTakenOver: 'route' }].map((taken) => ({
		...split,
		...taken,
	})),
);

test.each(all)('%j: the panel has as many outputs as events are put to', (settings) => {
	const { shape } = readOptions({ settings, timeZone: 'UTC' });
	expect(outputsFor(settings)).toHaveLength(byOutput([], shape).length);
});

test('there can be as many as are read of a trigger that is further up', () =>
	expect(Math.max(...all.map((settings) => outputsFor(settings).length))).toBe(mostOutputs));
