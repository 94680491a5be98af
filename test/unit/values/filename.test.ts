import fc from 'fast-check';
import { safeFilename } from '../../../nodes/WhatsAppCloud/values/files/filename';

const bytesOf = (text: string): number => Buffer.byteLength(text);

describe('a file name from outside', () => {
	test.each([
		['report 1.pdf', 'report 1.pdf'],
		['Größe 👩‍👧.pdf', 'Größe 👩‍👧.pdf'],
		['../../etc/passwd', 'passwd'],
		['C:\\Windows\\win.ini', 'win.ini'],
		['mixed/of\\both.txt', 'both.txt'],
		['.htaccess', 'htaccess'],
		['..', null],
		['.', null],
		['', null],
		['   ', null],
		['folder/', null],
		['name.pdf. . ', 'name.pdf'],
		['a\u0000b\r\nc\u0085.txt', 'abc.txt'],
		['invoice\u202egpj.exe', 'invoicegpj.exe'],
		['\u2066x\u2069.pdf\u200f', 'x.pdf'],
		['one\u2028two.txt', 'onetwo.txt'],
		['half\ud83d.txt', 'half.txt'],
		['a<b>c:d"e|f?g*.txt', 'a_b_c_d_e_f_g_.txt'],
		['CON', '_CON'],
		['nul.txt', '_nul.txt'],
		['Com1.tar.gz', '_Com1.tar.gz'],
		['lpt\u00b9.pdf', '_lpt\u00b9.pdf'],
		['CONIN$', '_CONIN$'],
		['console.log', 'console.log'],
		['com10.txt', 'com10.txt'],
	])('%j becomes %j', (name, safe) => expect(safeFilename(name)).toBe(safe));

	test.each([
		['a', 255, '.pdf'],
		['ü', 254, '.pdf'],
		['👩', 252, '.jpeg'],
	])('long with %s, keeps its ending within 255 bytes', (character, _least, ending) => {
		const safe = safeFilename(`${character.repeat(400)}${ending}`) ?? '';
		expect(safe.endsWith(ending)).toBe(true);
		expect(bytesOf(safe)).toBeLessThanOrEqual(255);
		expect(bytesOf(safe)).toBeGreaterThan(255 - bytesOf(character));
		expect(safe).not.toContain('\ufffd');
	});

	test('an ending that is none is cut with the rest', () => {
		expect(safeFilename(`name.${'x'.repeat(400)}`)).toBe(`name.${'x'.repeat(250)}`);
	});

	test('whatever comes: short, whole, no path, nothing that is not seen; twice is once', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (name) => {
				const safe = safeFilename(name);
				if (safe === null) return;
				expect(bytesOf(safe)).toBeLessThanOrEqual(255);
				expect(safe).not.toMatch(/[\\/:*?"<>|\p{Cc}\p{Cs}]|^[.\s]|[.\s]$/u);
				expect(safeFilename(safe)).toBe(safe);
			}),
		);
	});
});
