import {
	isBelow,
	n8nOf,
} from '../../../../nodes/WhatsAppCloud/trigger/registration/callbackAddress';

test.each([
	['https://n8n.example.com/webhook/id/webhook', 'https://n8n.example.com/', true],
	['https://n8n.example.com/n8n/webhook/id/webhook', 'https://n8n.example.com/n8n', true],
	['https://n8n.example.com/other/webhook/id/webhook', 'https://n8n.example.com/n8n/', false],
	['https://n8n.example.com/n8n-two/webhook', 'https://n8n.example.com/n8n', false],
	['https://n8n.example.com.evil.example/webhook', 'https://n8n.example.com/', false],
	['http://n8n.example.com/webhook', 'https://n8n.example.com/', false],
	['https://n8n.example.com:8443/webhook', 'https://n8n.example.com/', false],
	['nonsense', 'https://n8n.example.com/', false],
	['https://n8n.example.com/webhook', '', false],
])('%s below %s: %s', (url, base, expected) => {
	expect(isBelow(url, base)).toBe(expected);
});

test.each([
	['https://n8n.example.com/webhook/id/webhook', 'https://n8n.example.com/'],
	['https://n8n.example.com/n8n/webhook-test/id/webhook', 'https://n8n.example.com/n8n/'],
	['nonsense', 'nonsense'],
])('%s is of %s', (trigger, expected) => {
	// Of `/webhook/id/webhook` the name of the endpoint stays out, too.
	expect(n8nOf(trigger)).toBe(expected);
});
