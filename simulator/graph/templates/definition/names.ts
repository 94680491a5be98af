import { invalidParameter, templateError } from '../../../errors/graph-error.ts';
import { asText } from '../../../json.ts';

const categories: ReadonlySet<string> = new Set(['MARKETING', 'UTILITY', 'AUTHENTICATION']);

const maxNameLength = 512;

/**
 * Languages that templates may have.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/supported-languages
 */
const languages: ReadonlySet<string> = new Set(
	(
		'af sq ar ar_AE ar_EG ar_LB ar_MA ar_QA az be_BY bg bn bn_IN ca cs da de de_AT de_CH el ' +
		'en en_AE en_AU en_CA en_GB en_GH en_IE en_IN en_JM en_MY en_NZ en_QA en_SG en_UG en_US en_ZA ' +
		'es es_AR es_CL es_CO es_CR es_DO es_EC es_ES es_HN es_MX es_PA es_PE es_UY et fa fi fil ' +
		'fr fr_BE fr_CA fr_CH fr_CI fr_MA ga gu ha he hi hr hu id it ja ka kk kn ko ky_KG lo lt lv ' +
		'mk ml mr ms nb nl nl_BE pa pl prs_AF ps_AF pt_BR pt_PT ro ru rw_RW si_LK sk sl sr sv sw ' +
		'ta te th tr uk ur uz vi zh_CN zh_HK zh_TW zu'
	).split(' '),
);

const displayNames = new Intl.DisplayNames('en', {
	type: 'language',
	style: 'short',
	languageDisplay: 'standard',
});

/** The language as people read it, e.g. `English (US)`. */
export function languageName(code: string): string {
	return displayNames.of(code.replace('_', '-')) ?? code;
}

/** Names of the samples that every new account has. */
const sampleNames: readonly string[] = [
	'sample_flight_confirmation',
	'sample_happy_hour_announcement',
	'sample_issue_resolution',
	'sample_movie_ticket_confirmation',
	'sample_purchase_feedback',
	'sample_shipping_confirmation',
];

/** @throws GraphError 100 */
export function readCategory(value: unknown): string {
	const category = asText(value)?.toUpperCase() ?? '';
	if (!categories.has(category)) {
		throw invalidParameter(`Param category must be one of {${[...categories].join(', ')}}`);
	}
	return category;
}

/** @throws GraphError 100, 2388046 for other characters, 2388155 for the name of a sample */
export function readName(value: unknown): string {
	const name = asText(value);
	if (name === undefined) throw invalidParameter('The parameter name is required.');
	if (name.length > maxNameLength) {
		throw invalidParameter(`Param name must be at most ${maxNameLength} characters long.`);
	}
	if (!/^[a-z0-9_]+$/.test(name)) {
		throw templateError(
			2388046,
			'The message template name can only have lowercase letters and underscores.',
			'name',
		);
	}
	if (sampleNames.includes(name)) {
		throw templateError(
			2388155,
			'This template is named after a sample template created by default. Please use a different name.',
			'name',
		);
	}
	return name;
}

/** @throws GraphError 100, or 2388049 for a language that Meta does not know */
export function readLanguage(value: unknown): string {
	const language = asText(value);
	if (language === undefined) throw invalidParameter('The parameter language is required.');
	if (!languages.has(language)) {
		throw templateError(2388049, "Content can't be added for this language.", 'language');
	}
	return language;
}

/** POSITIONAL unless given. @throws GraphError 100 */
export function readParameterFormat(value: unknown): string {
	const format = asText(value)?.toUpperCase() ?? 'POSITIONAL';
	if (format === 'POSITIONAL' || format === 'NAMED') return format;
	throw invalidParameter('Param parameter_format must be one of {POSITIONAL, NAMED}');
}

/** Seconds: how long Meta tries to deliver, by category. */
const ttlLimits: Readonly<Record<string, { min: number; max: number }>> = {
	AUTHENTICATION: { min: 30, max: 900 },
	UTILITY: { min: 30, max: 43_200 },
	MARKETING: { min: 43_200, max: 2_592_000 },
};

/**
 * `message_send_ttl_seconds`; −1 stands for Meta's own limit.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/time-to-live
 * @throws GraphError 100
 */
export function readTimeToLive(value: unknown, category: string): number | undefined {
	if (value === undefined || value === null) return undefined;
	const seconds = Number(asText(value));
	const limits = ttlLimits[category];
	if (seconds === -1) return seconds;
	if (!limits || !Number.isInteger(seconds) || seconds < limits.min || seconds > limits.max) {
		throw invalidParameter(
			`Param message_send_ttl_seconds must be from ${limits?.min ?? 0} to ${limits?.max ?? 0} for ${category} templates`,
		);
	}
	return seconds;
}
