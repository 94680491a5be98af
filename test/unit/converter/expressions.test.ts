import { converted, node, sendNode as send, workflow } from './oldWorkflow';

describe('expressions on results', () => {
	const reading = (expression: string) => node('Next', 'code', { value: expression });
	const next = (expression: string, ways: [string, string][] = [['Send', 'Next']]) =>
		converted(workflow([send('Send'), node('If', 'if', {}), reading(expression)], ways));

	test.each([
		['={{ $json.messages[0].id }}', '={{ $json.messageId }}'],
		['={{ $json["messages"][0]["id"] }}', '={{ $json.messageId }}'],
		['={{ $json.messages?.[0]?.id }}', '={{ $json?.messageId }}'],
		['={{ $json.contacts[0].wa_id.slice(2) }}', '={{ $json.recipient.waId.slice(2) }}'],
		['=To {{ $json.contacts[0].input }}: {{ 1 }}', '=To {{ $json.recipient.input }}: {{ 1 }}'],
		["={{ $('Send').item.json.messages[0].id }}", "={{ $('Send').item.json.messageId }}"],
		['={{ $("Send").first().json.messages[0].id }}', '={{ $("Send").first().json.messageId }}'],
		["={{ $('Send').all()[0].json.messages[0].id }}", "={{ $('Send').all()[0].json.messageId }}"],
		['={{ $node["Send"].json.messages[0].id }}', '={{ $node["Send"].json.messageId }}'],
		['={{ $input.first().json.messages[0].id }}', '={{ $input.first().json.messageId }}'],
		["={{ $('If').item.json.messages[0].id }}", "={{ $('If').item.json.messages[0].id }}"],
		['$json.messages[0].id', '$json.messages[0].id'],
		['=$json.messages[0].id', '=$json.messages[0].id'],
	])('%s', (old, now) => {
		expect(next(old).nodeOf('Next').parameters).toEqual({ value: now });
	});

	test('through nodes that pass items on', () => {
		const { nodeOf } = next("={{ $json.messages[0].id }}{{ $('If').item.json.messages[0].id }}", [
			['Send', 'If'],
			['If', 'Next'],
		]);
		expect(nodeOf('Next').parameters).toEqual({
			value: "={{ $json.messageId }}{{ $('If').item.json.messageId }}",
		});
	});

	test('not those on other items, and not where it is unclear', () => {
		const { nodeOf, textsOf } = converted(
			workflow(
				[
					node('In', 'whatsAppTrigger', { updates: ['messages'] }),
					send('Send'),
					reading('={{ $json.messages[0].id }}'),
				],
				[
					['In', 'Send'],
					['In', 'Next'],
					['Send', 'Next'],
				],
			),
		);
		expect(nodeOf('Next').parameters).toEqual({ value: '={{ $json.messages[0].id }}' });
		expect(textsOf('toDo', 'Next')).toEqual([expect.stringContaining('only some may come')]);
	});

	test('what is gone is told', () => {
		const { textsOf } = next('={{ $json.messages[0].message_status }}');
		expect(textsOf('toDo', 'Next')).toEqual([
			'reads messages[0].message_status, which the items do not have any more.',
		]);
	});

	test('in code', () => {
		const { nodeOf } = converted(
			workflow(
				[
					send('Send'),
					node('Next', 'code', { jsCode: "return $('Send').first().json.messages[0].id" }),
				],
				[['Send', 'Next']],
			),
		);
		expect(nodeOf('Next').parameters).toEqual({
			jsCode: "return $('Send').first().json.messageId",
		});
	});

	test('on the trigger stay as they are', () => {
		const expression = "={{ $json.messages[0].id }}{{ $('In').item.json.contacts[0].wa_id }}";
		const { nodeOf } = converted(
			workflow(
				[node('In', 'whatsAppTrigger', { updates: ['messages'] }), reading(expression)],
				[['In', 'Next']],
			),
		);
		expect(nodeOf('Next').parameters).toEqual({ value: expression });
	});
});
