import type { IDataObject } from 'n8n-workflow';
import { mayHaveBeenDone } from '../../../graph/steps/retry';
import type { GraphFailure } from '../../../graph/errors/errors';
import { readList } from '../../../graph/paging';
import { defineOperation } from '../../../node/operation';
import { onceOnly } from '../../../node/management/onceOnly';
import { businessAccount } from '../../../node/management/target';
import type { Run } from '../../../node/run';
import { componentOf, type Definition } from '../../../templates/creation/definition';
import { isObject } from '../../../values/unknown';
import { creationFields } from './creationFields';
import { creationSchema, type NewTemplate } from './creationSchema';
import { withUploadedExamples } from './exampleUploads';

const permission = 'whatsapp_business_management';

/**
 * Creates a template, which Meta then reviews. It is never created twice: if the answer is lost, the
 * account's list of templates shows whether it exists.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview
 */
export const createTemplate = defineOperation({
	name: 'Create',
	action: 'Create template',
	description: 'Create a template in one language and submit it for review',
	permission,
	fields: [...businessAccount.fields, ...creationFields],
	schema: creationSchema,
	outputSchema: {
		id: 'string',
		name: 'string',
		language: 'string',
		status: 'string',
		category: 'string',
		isCategoryChanged: 'boolean',
	},
	// Meta takes 100 new templates an hour.
	concurrency: 1,
	checksAllFirst: true,
	async execute(run, values, itemIndex): Promise<IDataObject> {
		if (values.previewOnly) return { ...bodyOf(values), isPreview: true };
		return await onceOnly(run, itemIndex, async () => await create(run, values, itemIndex));
	},
});

async function create(run: Run, values: NewTemplate, itemIndex: number): Promise<IDataObject> {
	const { definition } = values;
	const { name, language, category } = definition;
	const account = businessAccount.idOf(run, values);
	const components = await withUploadedExamples(
		run,
		definition.components,
		itemIndex,
		values.labelOf,
	);
	const json = bodyOf({ ...values, definition: { ...definition, components } });
	const tried = await run.graph.attempt<Created>({
		method: 'POST',
		node: account,
		edge: 'message_templates',
		idField: businessAccount.label,
		json,
		permission,
		signal: run.signal,
	});
	const created = tried.ok
		? tried.response.body
		: await createdAllTheSame(run, account, definition, tried.error);
	return {
		id: created.id ?? null,
		name,
		language,
		status: created.status ?? null,
		category: created.category ?? null,
		isCategoryChanged: created.category !== undefined && created.category !== category,
	};
}

interface Created {
	id?: string;
	status?: string;
	category?: string;
}

/** Meta's request. */
function bodyOf({ definition, library }: Pick<NewTemplate, 'definition' | 'library'>): IDataObject {
	const { name, language, category, parameter_format: format, components, further } = definition;
	return {
		name,
		language,
		category,
		...(library ?? {
			...(format === 'NAMED' ? { parameter_format: format } : {}),
			components,
		}),
		...further,
	};
}

/**
 * Looks for the template after its answer was lost.
 *
 * @throws the failure, if there is none, or only one with another text
 */
async function createdAllTheSame(
	run: Run,
	account: string,
	{ name, language, components }: Definition,
	failure: GraphFailure,
): Promise<Created> {
	if (!mayHaveBeenDone(failure) || run.signal?.aborted === true) throw failure;
	const found = await readList(
		run.graph,
		{
			method: 'GET',
			node: account,
			edge: 'message_templates',
			query: { fields: 'id,name,language,status,category,components', name },
			permission,
			signal: run.signal,
		},
		{ limit: Infinity, pageSize: 100 },
	).catch(() => {
		// Nothing is known then; the failure says so.
		throw failure;
	});
	const text = componentOf(components, 'BODY')?.['text'];
	const own = found
		.filter(isObject)
		.filter((each) => each['name'] === name && each['language'] === language)
		.find(({ components: theirs }) => text === undefined || textIn(theirs) === text);
	if (own === undefined) throw failure;
	return own;
}

/** The body text of a template as Meta shows it. */
function textIn(components: unknown): unknown {
	const list: readonly unknown[] = Array.isArray(components) ? components : [];
	return list.filter(isObject).find(({ type }) => type === 'BODY')?.['text'];
}
