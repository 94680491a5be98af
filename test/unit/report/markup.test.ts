import fc from 'fast-check';
import { html, type Markup } from '../../../nodes/WhatsAppCloud/report/markup';

describe('markup', () => {
	test('escapes what is put in, in texts and in attributes', () => {
		const evil = `<script>alert('1')</script>" onload="x&amp;`;
		expect(html`<p title="${evil}">${evil}</p>`.text).toBe(
			'<p title="&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; onload=&quot;x&amp;amp;">' +
				'&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; onload=&quot;x&amp;amp;</p>',
		);
	});

	test('leaves markup as it is, joins lists, and leaves out what is not there', () => {
		const rows = ['a', 'b&'].map((name) => html`<li>${name}</li>`);
		const list = html`<ul>
			${rows}${null}${false}
		</ul>`;
		expect(list.text.replace(/\s/g, '')).toBe('<ul><li>a</li><li>b&amp;</li></ul>');
		expect(html`${3}${'&'}`.text).toBe('3&amp;');
	});

	test('an object that only looks like markup is no markup', () => {
		const forged = JSON.parse('{"text":"<b>"}') as Markup;
		expect(() => html`${forged}`).toThrow();
	});

	test('no text ever opens a tag, ends an attribute or breaks the encoding', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const { text: page } = html`<p title="${text}">${text}</p>`;
				expect(page.match(/</g)).toHaveLength(2);
				expect(page.match(/"/g)).toHaveLength(2);
				expect(page).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
				expect(Buffer.from(page).toString()).toBe(page);
			}),
		);
	});
});
