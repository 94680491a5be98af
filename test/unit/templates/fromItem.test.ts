import { templateFixture } from '../../fixtures/templateFixtures';
import { valuesFromItem } from '../../../nodes/WhatsAppCloud/templates/fromItem';
import { planOf } from '../../../nodes/WhatsAppCloud/templates/plan';
import { readStructure } from '../../../nodes/WhatsAppCloud/templates/structure';

const inputsFor = (name: string) => planOf(readStructure(templateFixture(name))).inputs;

const item = (json: Record<string, unknown>, ...files: string[]) => ({ json, files });

const nothingTaken = new Set<string>();

describe('an item gives values', () => {
	const receipt = inputsFor('receipt_with_picture');

	test.each([
		['by ID', { 'body.1': 'Ada', 'body.2': '$ 3', 'header.image': '1', 'button.0.url': 'R-1' }],
		[
			'by ID, as objects',
			{ body: { 1: 'Ada', 2: '$ 3' }, header: { image: '1' }, button: [{ url: 'R-1' }] },
		],
		[
			'by place, as a list',
			{ body: ['Ada', '$ 3'], header: { image: '1' }, button: [{ url: 'R-1' }] },
		],
		['by label', { '{{1}}': 'Ada', '{{2}}': '$ 3', Image: '1', 'See receipt URL': 'R-1' }],
		['by name or number', { 1: 'Ada', 2: '$ 3', image: '1', url: 'R-1', name: 'Ada' }],
	])('%s', (_, json) => {
		expect(valuesFromItem(receipt, item(json), nothingTaken)).toEqual({
			'header.image': '1',
			'body.1': 'Ada',
			'body.2': '$ 3',
			'button.0.url': 'R-1',
		});
	});

	test('and the ID wins', () => {
		const values = valuesFromItem(receipt, item({ 1: 'Eve', 'body.1': 'Ada' }), nothingTaken);
		expect(values).toEqual({ 'body.1': 'Ada' });
	});

	test('a file by the name of its binary field', () => {
		const named = valuesFromItem(receipt, item({}, 'image'), nothingTaken);
		const usual = valuesFromItem(receipt, item({ data: {} }, 'data'), nothingTaken);
		expect([named, usual]).toEqual([{ 'header.image': 'image' }, { 'header.image': 'data' }]);
	});

	test('nothing empty', () => {
		expect(
			valuesFromItem(receipt, item({ 1: '', 2: null, image: undefined }), nothingTaken),
		).toEqual({});
	});
});

test('what a template can do without needs its ID or label', () => {
	const secret = { token: 'secret', data: { html: '' }, name: 'Ada Lovelace', address: 'Home' };
	expect(valuesFromItem(inputsFor('book_by_form'), item(secret), nothingTaken)).toEqual({});
	expect(valuesFromItem(inputsFor('pickup_point'), item(secret), nothingTaken)).toEqual({});
	const named = { 'Location Name': 'Shop', 'header.address': 'Mitte' };
	expect(valuesFromItem(inputsFor('pickup_point'), item(named), nothingTaken)).toEqual({
		'header.name': 'Shop',
		'header.address': 'Mitte',
	});
});

test('one file is not for every card', () => {
	expect(valuesFromItem(inputsFor('clip_carousel'), item({}, 'data'), nothingTaken)).toEqual({});
});

test('a number stands for the variable of the body, not for that of the header', () => {
	const values = valuesFromItem(inputsFor('coupon_code'), item({ 1: '10 %' }), nothingTaken);
	expect(values).toEqual({ 'body.1': '10 %' });
});

test('a name stands for the header and the body', () => {
	const visit = inputsFor('visit_reminder');
	expect(valuesFromItem(visit, item({ first_name: 'Ada', shop: 'Mitte' }), nothingTaken)).toEqual({
		'header.text.first_name': 'Ada',
		'body.shop': 'Mitte',
	});
});

test('of two URLs, each needs its ID or label', () => {
	const links = inputsFor('two_links');
	const values = valuesFromItem(links, item({ url: 'x', 'Choose a plant URL': 'y' }), nothingTaken);
	expect(values).toEqual({ 'button.1.url': 'y' });
});

test('a variable named like a parameter of the node needs its ID', () => {
	const json = { template: 'order_update', language: 'de', name: 'Ada', 'body.language': 'a fern' };
	const values = valuesFromItem(
		inputsFor('awkward_names'),
		item(json),
		new Set(['template', 'language']),
	);
	expect(values).toEqual({ 'body.name': 'Ada', 'body.language': 'a fern' });
});

test('without the template, IDs alone count', () => {
	const json = {
		recipient: '+491701234567',
		name: 'Ada',
		1: 'Ada',
		'body.1': 'Ada',
		header: { image: 'https://example.com/a.jpg' },
		card: { 0: { body: { 1: 'x' } } },
		body: 'a text that is no value',
		otp: '123456',
	};
	expect(valuesFromItem(null, item(json), nothingTaken)).toEqual({
		'body.1': 'Ada',
		'header.image': 'https://example.com/a.jpg',
		'card.0.body.1': 'x',
		otp: '123456',
	});
});
