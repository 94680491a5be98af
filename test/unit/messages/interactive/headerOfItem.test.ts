import {
	buildMessage,
	readValues,
	sendOperationNamed,
	storedParameters,
} from '../../../fixtures/messageFixtures';

/** The header of a message whose values come from an item, with `headerType` set in the field. */
async function headerOf(headerType: string, item: Record<string, string>): Promise<unknown> {
	const operation = sendOperationNamed('sendInteractive');
	const stored = storedParameters('sendInteractive', {
		valuesFrom: 'item',
		interactiveType: 'cta_url',
		headerType,
		body: 'Read on',
		buttonText: 'Open',
		url: 'https://example.com',
		...(headerType === 'text' ? { headerText: 'From the field' } : {}),
	});
	const content = await buildMessage(operation, readValues(operation, stored, item));
	return ([content].flat()[0]?.['interactive'] as { header?: unknown }).header;
}

const link = 'https://example.com/a.png';

test.each([
	['none', {}, undefined],
	['none', { headerText: 'From the item' }, { type: 'text', text: 'From the item' }],
	['none', { headerText: '' }, undefined],
	['text', {}, { type: 'text', text: 'From the field' }],
	['text', { headerText: 'From the item' }, { type: 'text', text: 'From the item' }],
	['image', { headerMediaLink: link }, { type: 'image', image: { link } }],
	['none', { headerType: 'video', headerMediaLink: link }, { type: 'video', video: { link } }],
	['text', { headerType: 'none' }, undefined],
])('with %s in the field and %j in the item', async (headerType, item, header) => {
	expect(await headerOf(headerType, item)).toEqual(header);
});

test('a file of unknown kind is not guessed', async () => {
	await expect(headerOf('none', { headerMediaLink: link })).rejects.toThrow(
		'must be one of none, text, image, video, document, since a file is given for it',
	);
});
