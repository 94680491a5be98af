import { runNode, useSimulator } from '../harness';
import { accepted, credentials, withoutStatuses } from './account';

const simulator = useSimulator(withoutStatuses);

const answer = '## Opening hours\n- **Mon–Fri**: 9 to 6\n- [Map](https://example.com/map)';
const shown = '*Opening hours*\n- *Mon–Fri*: 9 to 6\n- Map (https://example.com/map)';

const send = async (
	parameters: Record<string, unknown>,
	rest: Partial<Parameters<typeof runNode>[0]> = {},
) => {
	await runNode({
		node: 'whatsAppCloud',
		parameters: { recipient: '+15551234567', options: { markdown: true }, ...parameters },
		credentials: credentials(simulator.url),
		...rest,
	});
	return (await accepted(simulator)).map(({ body }) => body);
};

test('a text of a model goes out in WhatsApp’s formatting', async () => {
	const [body] = await send(
		{ text: '={{ $json.output }}' },
		{ items: [{ json: { output: answer } }] },
	);
	expect(body).toMatchObject({ text: { body: shown } });
});

test('so does what the items give by name', async () => {
	const items = [{ json: { text: answer } }, { json: { text: '**Second**' } }];
	const bodies = await send({ valuesFrom: 'item' }, { items });
	expect(bodies).toMatchObject([{ text: { body: shown } }, { text: { body: '*Second*' } }]);
});

test('and what a model writes as a tool', async () => {
	const parameters = { text: "={{ $fromAI('what', '', 'string') }}" };
	const [body] = await send(parameters, { asTool: true, toolInput: { what: answer } });
	expect(body).toMatchObject({ text: { body: shown } });
});

test('captions and bodies', async () => {
	await simulator.admin('PATCH', '/settings', { strictReferences: false });
	const [media] = await send({
		operation: 'sendMedia',
		mediaSource: 'id',
		mediaId: '1',
		caption: answer,
	});
	expect(media).toMatchObject({ image: { caption: shown } });
	const buttons = { buttonsInput: 'json', buttonsJson: '[{"id": "a", "title": "Thanks"}]' };
	const bodies = await send({ operation: 'sendInteractive', body: answer, ...buttons });
	expect(bodies[1]).toMatchObject({ interactive: { body: { text: shown } } });
});

test('without the option the text stays as typed', async () => {
	const [body] = await send({ text: answer, options: {} });
	expect(body).toMatchObject({ text: { body: answer } });
});
