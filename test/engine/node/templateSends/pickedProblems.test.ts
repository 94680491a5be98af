import { accepted, requests } from '../account';
import { jpegOf } from '../../../fixtures/files/jpegOf';
import { binaryFile, noise } from '../files';
import { link, picked, receipt, receiptValues, useTemplateNode } from './picked';

const { fields, send, simulator } = useTemplateNode();

describe('a template that the panel does not know', () => {
	const unknown = { mappingMode: 'defineBelow', schema: [] };

	test.each([
		[{ 'body.1': 'Ada', 'body.3': 'Monday' }, '"Values › {{2}}" is empty'],
		[{ 'card.0.header.image': link, 'card.2.header.image': link }, '"Values › Card 2" is empty'],
		[{ 'card.0.body.2': 'Ada' }, '"Values › Card 1 {{1}}" is empty'],
	])('keeps %j in their places', async (value, problem) => {
		const { error } = await send(picked(receipt, { ...unknown, value }));
		expect(error?.message).toContain(problem);
		expect(await accepted(simulator)).toEqual([]);
	});

	test('is not sent without any value', async () => {
		const { error } = await send(picked(receipt, { ...unknown, value: null }));
		expect(error?.message).toContain(
			'"Values" has no value, and the panel has not loaded the fields of this template',
		);
		expect(error?.description).toContain('set Specify Values to By Hand');
		expect(await requests(simulator)).toEqual([]);
	});
});

describe('bad values', () => {
	test('an empty field is named as the panel names it', async () => {
		const schema = await fields(receipt);
		const value = { ...receiptValues, 'body.2': '' };
		const result = await send(picked(receipt, { value, schema }));
		expect(result.error?.message).toBe('"Values › {{2}}" is empty [item 0]');
		expect(await accepted(simulator)).toEqual([]);
	});

	test('a line break in a variable is refused by the name of its field', async () => {
		const schema = await fields(receipt);
		const value = { ...receiptValues, 'body.1': 'Ada\nLovelace' };
		const { error } = await send(picked(receipt, { value, schema }));
		expect(error?.message).toMatch(/^"Values › \{\{1\}\}" has a line break/);
	});

	test('a picture that is too large is refused before the upload', async () => {
		const schema = await fields(receipt);
		const value = { ...receiptValues, 'header.image': 'photo' };
		const result = await send(picked(receipt, { value, schema }), [
			{ json: {}, binary: { photo: binaryFile(hugePicture(), 'image/jpeg') } },
		]);
		expect(result.error?.message).toMatch(/^"Values › Image" .*5 MB/);
		const uploads = (await requests(simulator)).filter(({ path }) => path.includes('/media?'));
		expect(uploads).toEqual([]);
	});

	test('a binary field that is not there is named', async () => {
		const schema = await fields(receipt);
		const value = { ...receiptValues, 'header.image': 'photo' };
		const result = await send(picked(receipt, { value, schema }));
		expect(result.error?.message).toMatch(/^"Values › Image" .*photo/);
	});
});

/** More than the 5 MB that Meta takes. */
const hugePicture = (): Buffer => Buffer.concat([jpegOf(600, 400), noise(6_000_000)]);
