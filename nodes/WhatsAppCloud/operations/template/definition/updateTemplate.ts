import type { IDataObject } from 'n8n-workflow';
import type { z } from 'zod/v4';
import { fieldLabel } from '../../../fields/fieldLabel';
import { problemOf } from '../../../fields/issues';
import { onceOnly } from '../../../node/management/onceOnly';
import { defineOperation } from '../../../node/operation';
import type { Run } from '../../../node/run';
import {
	checkComponents,
	checkLifetime,
	isCategory,
} from '../../../templates/creation/checkDefinition';
import type {
	Category,
	DefinedComponent,
	Definition,
} from '../../../templates/creation/definition';
import { formParts, readParts } from '../../../templates/creation/definitionForm';
import { readDefinition } from '../../../templates/creation/definitionJson';
import { complainAt, type Locate } from '../../../templates/creation/locate';
import { mergeParts } from '../../../templates/creation/mergeParts';
import type { Complain } from '../../../templates/creation/place';
import type { Problems } from '../../../values/row';
import { FieldProblem } from '../../../values/problem';
import { objectOf } from '../../../values/unknown';
import { template } from '../templateTarget';
import { readJson } from './creationSchema';
import { withUploadedExamples } from './exampleUploads';
import { updateFields, updateSchema, type TemplateChange } from './updateSchema';

const permission = 'whatsapp_business_management';

/** The only states in which Meta allows an edit. */
const editable = ['APPROVED', 'REJECTED', 'PAUSED'];

/**
 * Changes parts of a template. An edit replaces all components at Meta, so the current ones are read
 * first and sent along.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management#edit-templates
 */
export const updateTemplate = defineOperation({
	name: 'Update',
	action: 'Update template',
	description:
		'Change parts of a template, which Meta then reviews. An approved one can be changed once a day and ten times in 30 days.',
	permission,
	fields: [...template.fields, ...updateFields],
	schema: updateSchema,
	outputSchema: {
		updated: 'boolean',
		id: 'string',
		name: 'string',
		language: 'string',
		category: 'string',
		components: [{ type: 'string' }],
		previousComponents: [{ type: 'string' }],
	},
	concurrency: 1,
	checksAllFirst: true,
	execute: async (run, change, itemIndex): Promise<IDataObject> =>
		await onceOnly(run, itemIndex, async () => await update(run, change, itemIndex)),
});

async function update(run: Run, change: TemplateChange, itemIndex: number): Promise<IDataObject> {
	const { templateId, options } = change;
	const present = await readPresent(run, templateId);
	checkState(present, change);
	const content = contentOf(change, present);
	const item = (components: DefinedComponent[] | null) => ({
		id: templateId,
		name: present.name,
		language: present.language,
		category: options.category ?? present.category,
		components: (components ?? present.shown) as IDataObject[],
		previousComponents: present.shown as IDataObject[],
	});
	if (options.previewOnly === true) {
		return { updated: false, isPreview: true, ...item(content?.components ?? null) };
	}
	const components =
		content === null
			? null
			: await withUploadedExamples(run, content.components, itemIndex, content.labelOf);
	await run.graph.call({
		method: 'POST',
		node: templateId,
		idField: template.label,
		json: bodyOf(change, present, components),
		permission,
		signal: run.signal,
	});
	return { updated: true, ...item(components) };
}

/** A template as it is now. */
interface Present {
	name: string;
	language: string;
	status: string;
	category: Category;
	format: Definition['parameter_format'];
	/** As Meta shows them. */
	shown: DefinedComponent[];
	/** As Meta takes them. */
	components: DefinedComponent[];
}

async function readPresent(run: Run, templateId: string): Promise<Present> {
	const { body } = await run.graph.call({
		method: 'GET',
		node: templateId,
		idField: template.label,
		query: { fields: 'id,name,language,status,category,parameter_format,components' },
		permission,
		signal: run.signal,
	});
	const node = objectOf(body);
	const { name, language, status, category, components } = node;
	const given = typeof category === 'string' ? category : '';
	const read = readDefinition(node, given === 'AUTHENTICATION');
	if (typeof read === 'string' || !isCategory(given)) {
		const problem = typeof read === 'string' ? read : `has the category ${given}`;
		throw new FieldProblem(
			'Template',
			`cannot be read: it ${problem}`,
			'Set Update From to JSON, and enter all components.',
		);
	}
	return {
		name: String(name),
		language: String(language),
		status: String(status),
		category: given,
		format: read.format ?? 'POSITIONAL',
		shown: components as DefinedComponent[],
		components: read.components,
	};
}

/** @throws FieldProblem if Meta does not allow an edit now */
function checkState({ name, status, category }: Present, { options }: TemplateChange): void {
	if (!editable.includes(status)) {
		throw new FieldProblem(
			'Template',
			`is ${name}, whose status is ${status}`,
			'Meta lets a template be edited while it is approved, rejected or paused. Wait for the end of the review, or create another one.',
		);
	}
	const { category: wanted } = options;
	if (wanted === undefined || wanted === category || status !== 'APPROVED') return;
	throw new FieldProblem(
		'Options › Category',
		`cannot become ${wanted}: the template is approved as ${category}`,
		'Create a template of that category, under another name.',
	);
}

/** The new components, checked; null if they stay as they are. */
function contentOf(
	change: TemplateChange,
	present: Present,
): {
	components: DefinedComponent[];
	labelOf: (place: readonly (string | number)[]) => string;
} | null {
	const { from, parts, removed, options, values } = change;
	const problems: Problems & { issues: z.core.$ZodRawIssue[] } = { issues: [] };
	const category = options.category ?? present.category;
	if (options.ttlSeconds !== undefined) {
		const complain = complainAt(problems, () => ['options', 'ttlSeconds']);
		checkLifetime(options.ttlSeconds, category, complain);
	}
	const given =
		from === 'json'
			? readJson(values, category, problems)
			: readParts(values, parts, present.format === 'NAMED', problems);
	throwFirst(problems);
	if (given === null || (from === 'fields' && parts.length + removed.length === 0)) return null;
	const types = removed.map((part) => formParts[part].type);
	const components =
		from === 'json' ? given.components : mergeParts(present.components, given.components, types);
	const changed = new Set(given.components.map(({ type }) => type));
	const complain = complainAt(problems, given.locate);
	// The other parts are approved as they are.
	const aboutChanges: Complain = (place, problem, advice) => {
		if (
			changed.has(String(place[0])) ||
			!present.components.some(({ type }) => type === place[0])
		) {
			complain(place, problem, advice);
		}
	};
	const { name, language, format } = present;
	checkComponents(
		{ name, language, category, parameter_format: format, components, further: {} },
		aboutChanges,
	);
	throwFirst(problems);
	return { components, labelOf: labelsOf(given.locate, changed) };
}

const labelsOf =
	(locate: Locate, changed: ReadonlySet<string>) =>
	(place: readonly (string | number)[]): string =>
		changed.has(String(place[0])) ? fieldLabel(updateFields, locate(place)) : 'Template › Header';

function throwFirst({ issues }: { issues: z.core.$ZodRawIssue[] }): void {
	if (issues.length === 0) return;
	throw problemOf(updateFields, {
		issues: issues.map((issue) => ({
			...issue,
			code: 'custom' as const,
			path: issue.path ?? [],
			message: issue.message ?? '',
		})),
	});
}

/** Meta's request. */
function bodyOf(
	{ options: { category, noLinkTracking, ttlSeconds } }: TemplateChange,
	present: Present,
	components: DefinedComponent[] | null,
): Record<string, unknown> {
	return {
		// With the link tracking, Meta wants the category, too.
		...(category === undefined && noLinkTracking === undefined
			? {}
			: { category: category ?? present.category }),
		...(noLinkTracking === undefined ? {} : { cta_url_link_tracking_opted_out: noLinkTracking }),
		...(ttlSeconds === undefined ? {} : { message_send_ttl_seconds: ttlSeconds }),
		...(components === null ? {} : { components }),
	};
}
