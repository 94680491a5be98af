import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adviceByClass } from '../../../nodes/WhatsAppCloud/graph/errors/advice/adviceByClass';
import { lookUpErrorCode } from '../../../nodes/WhatsAppCloud/graph/errors/catalogue';
import { errorCodes } from '../../../nodes/WhatsAppCloud/graph/errors/errorCodes';
import { fillErrorPage } from '../../../scripts/docs/error-tables.ts';

const page = readFileSync(join(__dirname, '../../../docs/troubleshooting.md'), 'utf8');
const rows = errorCodes.map(([code]) => lookUpErrorCode(code));

describe('docs/troubleshooting.md', () => {
	test('has the catalogue of errors; otherwise: npm run docs', () => {
		expect(fillErrorPage(page, rows, adviceByClass)).toBe(page);
	});

	test('names each code and each class, to be linked to', () => {
		for (const { code, class: errorClass } of rows) {
			expect(page).toContain(`| <a id="${code}"></a>${code} |`);
			expect(page).toContain(`| <a id="${errorClass}"></a>\`${errorClass}\` |`);
		}
	});

	test('differs from the catalogue once a code has other advice, is new or is gone', () => {
		const [first, ...others] = rows;
		if (first === undefined) throw new Error('The catalogue is empty');
		const changed = [{ ...first, next: 'Do something else.' }, ...others];
		const more = [...rows, { ...first, code: 999_999 }];
		for (const wrong of [changed, more, others]) {
			expect(fillErrorPage(page, wrong, adviceByClass)).not.toBe(page);
		}
		expect(fillErrorPage(page, rows, { ...adviceByClass, auth: ['Other', 'Other.'] })).not.toBe(
			page,
		);
	});

	test.each([
		['without a place', page.replace('<!-- codes -->', '')],
		['with a place twice', `${page}\n<!-- classes --><!-- end -->`],
	])('is refused %s', (_case, text) => {
		expect(() => fillErrorPage(text, rows, adviceByClass)).toThrow('The page has places for');
	});

	test('keeps its table where words of Meta hold a bar', () => {
		const [first] = rows;
		if (first === undefined) throw new Error('The catalogue is empty');
		const filled = fillErrorPage(page, [{ ...first, title: 'One | two' }], adviceByClass);
		expect(filled).toContain('| One \\| two |');
	});
});
