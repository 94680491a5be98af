import {
	isBelow,
	isPublicHttps,
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
	// For `/webhook/id/webhook`, the endpoint's name is left out, too.
	expect(n8nOf(trigger)).toBe(expected);
});

test.each([
	'https://n8n.example.com/webhook/id/webhook',
	'https://n8n.example.com./webhook',
	'https://fdata.io/webhook',
	'https://fcbarcelona.com/webhook',
	'https://10.example.com/webhook',
	'https://127.example.com/webhook',
	'https://192.168.example.com/webhook',
	'https://local.example.com/webhook',
	'https://203.0.113.7/webhook',
	'https://100.63.255.255/webhook',
	'https://100.128.0.1/webhook',
	'https://172.32.0.1/webhook',
	'https://[2001:db8::1]/webhook',
	'https://[::ffff:203.0.113.7]/webhook',
])('Meta can call %s', (url) => {
	expect(isPublicHttps(url)).toBe(true);
});

test.each([
	'http://n8n.example.com/webhook',
	'nonsense',
	'https://localhost/webhook',
	'https://localhost./webhook',
	'https://n8n.localhost/webhook',
	'https://n8n/webhook',
	'https://n8n.local/webhook',
	'https://n8n.local./webhook',
	'https://N8N.INTERNAL/webhook',
	'https://0.0.0.0/webhook',
	'https://10.1.2.3/webhook',
	'https://100.64.0.1/webhook',
	'https://100.127.255.255/webhook',
	'https://127.0.0.1/webhook',
	'https://2130706433/webhook',
	'https://169.254.169.254/webhook',
	'https://172.16.0.1/webhook',
	'https://172.31.255.255/webhook',
	'https://192.168.0.1/webhook',
	'https://[::]/webhook',
	'https://[::1]/webhook',
	'https://[fc00::1]/webhook',
	'https://[fd12:3456::1]/webhook',
	'https://[fe80::1]/webhook',
	'https://[::ffff:10.1.2.3]/webhook',
	'https://[::ffff:7f00:1]/webhook',
])('Meta cannot call %s', (url) => {
	expect(isPublicHttps(url)).toBe(false);
});
