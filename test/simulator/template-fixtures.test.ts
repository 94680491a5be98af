import {
	changeTemplate,
	loadTemplates,
	removeTemplate,
	templateFixture,
	templateFixtures,
	templateWithVariables,
} from '../fixtures/templateFixtures';
import { at, listAt } from './support/json';
import { ids, useSimulator } from './support/simulator';

const simulator = useSimulator(['--timing', 'off']);
const list = `/${ids.businessAccount}/message_templates`;

const withEveryField = async (path: string): Promise<unknown> => {
	const fields = [...new Set(templateFixtures.flatMap((template) => Object.keys(template)))];
	return (await simulator.graph(`${path}?limit=500&fields=${fields.join(',')}`)).body;
};

test('the simulator shows every template as it was given', async () => {
	expect(templateFixtures.length).toBeGreaterThanOrEqual(40);
	await loadTemplates(simulator.url);
	const listed = listAt(await withEveryField(list), 'data');
	for (const template of templateFixtures) expect(listed).toContainEqual(template);
});

test('a template changes, grows and goes away behind the back of whoever chose it', async () => {
	await loadTemplates(simulator.url, [
		templateFixture('delivery_slot'),
		templateWithVariables(250),
	]);
	const { id } = templateFixture('delivery_slot');
	const changed = await changeTemplate(simulator.url, 'delivery_slot');
	expect(changed.components).not.toEqual(templateFixture('delivery_slot').components);
	expect(await withEveryField(`/${id}`)).toEqual(changed);
	const wide = (await simulator.graph(`${list}?name=variables_250`)).body;
	expect(at(wide, 'data', 0, 'components', 0, 'text')).toContain('{{250}}');
	await removeTemplate(simulator.url, id);
	expect((await simulator.graph(`/${id}`)).status).toBe(400);
	await expect(removeTemplate(simulator.url, id)).rejects.toThrow('404');
});
