import type { JsonObject } from '../json.ts';
import { validateFlowJson } from '../flow-json/validate.ts';

/** What a Flow asked its endpoint on one day, as a test has set it. */
export interface EndpointDay {
	/** `2026-11-20` */
	date: string;
	requests: number;
	/** Requests that failed, by reason: `timeout_error` … */
	errors: Record<string, number>;
	/** Requests by their duration in whole seconds, rounded up. */
	seconds: Record<string, number>;
}

export interface Flow {
	id: string;
	businessAccountId: string;
	name: string;
	/** DRAFT, PUBLISHED, DEPRECATED, BLOCKED or THROTTLED. */
	status: string;
	categories: string[];
	endpointUri: string | null;
	/** The app that answers at the endpoint. */
	applicationId: string | null;
	/** Flow JSON as uploaded; null if there is none yet. */
	json: string | null;
	validationErrors: JsonObject[];
	jsonVersion: string | null;
	dataApiVersion: string | null;
	/** Its version can no longer be published. */
	isFrozen: boolean;
	preview: { token: string; expiresAtMs: number } | null;
	endpointDays: EndpointDay[];
}

/** A draft without Flow JSON, with the given parts replaced. */
export function newFlow(
	parts: Pick<Flow, 'id' | 'businessAccountId' | 'name'> & Partial<Flow>,
): Flow {
	return {
		status: 'DRAFT',
		categories: ['OTHER'],
		endpointUri: null,
		applicationId: null,
		json: null,
		validationErrors: [],
		jsonVersion: null,
		dataApiVersion: null,
		isFrozen: false,
		preview: null,
		endpointDays: [],
		...parts,
	};
}

/** Gives the Flow new Flow JSON, and what is wrong with it. */
export function setFlowJson(flow: Flow, json: string): void {
	const { errors, version, dataApiVersion, isFrozen } = validateFlowJson(json);
	flow.json = json;
	flow.validationErrors = errors;
	flow.jsonVersion = version;
	flow.dataApiVersion = dataApiVersion;
	flow.isFrozen = isFrozen;
}

const footer = (label: string, payload: JsonObject): JsonObject => ({
	type: 'Footer',
	label,
	'on-click-action': { name: 'complete', payload },
});

const screen = (id: string, title: string, children: JsonObject[]): JsonObject => ({
	id,
	title,
	terminal: true,
	layout: { type: 'SingleColumnLayout', children },
});

const appointment: JsonObject = {
	version: '7.3',
	screens: [
		screen('DETAILS', 'Book a visit', [
			{ type: 'TextSubheading', text: 'When would you like to come?' },
			{ type: 'DatePicker', name: 'day', label: 'Day', required: true },
			{
				type: 'Dropdown',
				name: 'time',
				label: 'Time',
				'data-source': [
					{ id: 'morning', title: 'Morning' },
					{ id: 'afternoon', title: 'Afternoon' },
				],
			},
			footer('Book', { day: '${form.day}', time: '${form.time}' }),
		]),
	],
};

const feedback: JsonObject = {
	version: '7.3',
	screens: [
		screen('FEEDBACK', 'Your opinion', [
			{ type: 'TextArea', name: 'opinion', label: 'How did we do?' },
			footer('Send', { opinion: '${form.opinion}' }),
		]),
	],
};

/** A published Flow and a draft. */
export function defaultFlows(businessAccountId: string): Flow[] {
	const published = newFlow({
		id: '600000000000001',
		businessAccountId,
		name: 'appointment_booking',
		status: 'PUBLISHED',
		categories: ['APPOINTMENT_BOOKING'],
	});
	setFlowJson(published, JSON.stringify(appointment, null, 2));
	const draft = newFlow({
		id: '600000000000002',
		businessAccountId,
		name: 'feedback_form',
		categories: ['SURVEY'],
	});
	setFlowJson(draft, JSON.stringify(feedback, null, 2));
	return [published, draft];
}
