import { templateFixtures, type TemplateFixture } from '../../../fixtures/templateFixtures';
import { isoMedia } from '../../../fixtures/files/isoMedia';
import { pdf, png } from '../../../simulator/support/files';
import { isObject, without } from '../../../../nodes/WhatsAppCloud/values/unknown';
import { useSimulator } from '../../harness';
import { onlyJson, withoutStatuses } from '../account';
import { binaryFile } from '../files';
import { readDefinition } from '../../../../nodes/WhatsAppCloud/templates/creation/definitionJson';
import { byId, operationsOf } from '../management/call';

const simulator = useSimulator(withoutStatuses);
const template = operationsOf(simulator, 'template');

type Json = Record<string, unknown>;

/** Example files by the format of a header. */
const files = {
	IMAGE: binaryFile(png(), 'image/png', 'a.png'),
	VIDEO: binaryFile(isoMedia({ brand: 'isom', tracks: ['video'] }), 'video/mp4', 'a.mp4'),
	GIF: binaryFile(isoMedia({ brand: 'isom', tracks: ['video'] }), 'video/mp4', 'b.mp4'),
	DOCUMENT: binaryFile(pdf(), 'application/pdf', 'a.pdf'),
};

/** With the item's files in place of addresses that are not on this machine. */
function withFiles(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withFiles);
	if (typeof value !== 'object' || value === null) return value;
	const { example, ...part } = value as Json;
	if (part['type'] === 'HEADER' && String(part['format']) in files) {
		return { ...part, binary_field: part['format'] };
	}
	const members = Object.entries(value).map(([name, member]) => [name, withFiles(member)]);
	return example === undefined
		? Object.fromEntries(members)
		: { ...Object.fromEntries(members), example };
}

/** The definition that a template reads as, whatever Meta added, without where its files lie. */
function definitionOf(given: unknown, category: string): unknown {
	const read = readDefinition(given, category === 'AUTHENTICATION');
	if (typeof read === 'string') throw new Error(read);
	return JSON.parse(JSON.stringify(read.components), (name, value: unknown) => {
		if (name === 'header_handle') return 'a file';
		// Meta labels the copy button beside another one by itself; false is the same as nothing.
		if (isObject(value) && 'autofill_text' in value) return without(value, 'text');
		return name === 'add_security_recommendation' && value === false ? undefined : value;
	}) as unknown;
}

/** Made by Meta, or with what the simulator's account lacks. */
const byMetaAlone = templateFixtures.filter(({ source }) => source === 'AUTO_GENERATED');
const creatable = templateFixtures.filter((fixture) => !byMetaAlone.includes(fixture));

test.each(
	creatable.map((fixture): [string, TemplateFixture] => [
		`${fixture.name}.${fixture.language}`,
		fixture,
	]),
)('%s is created from its JSON and reads back the same', async (_what, fixture) => {
	const created = onlyJson(
		await template(
			'create',
			{
				templateName: fixture.name,
				language: fixture.language,
				category: fixture.category,
				createFrom: 'json',
				templateJson: JSON.stringify(withFiles(fixture)),
			},
			[{ binary: files }],
		),
	);
	const read = onlyJson(
		await template('get', { templateId: byId(String(created['id'])), simplify: false }),
	);
	const { name, language, category, parameter_format: parameterFormat } = fixture;
	expect(read).toMatchObject({ name, language, category, parameterFormat });
	expect(definitionOf(read, category)).toEqual(definitionOf(fixture, category));
});
