import type { JsonObject } from '../json.ts';
import type { Finding } from './finding.ts';
import { asValidationError, member, rootOf, textOf } from './finding.ts';
import type { Located } from './located-json.ts';
import { JsonSyntaxProblem, parseLocated } from './located-json.ts';
import { checkScreens } from './screens.ts';
import { checkShape, finding } from './shape.ts';

/** Versions that Meta knows. */
const knownVersions = [
	'2.1',
	'3.0',
	'3.1',
	'4.0',
	'5.0',
	'5.1',
	'6.0',
	'6.1',
	'6.2',
	'6.3',
	'7.0',
	'7.1',
	'7.2',
	'7.3',
];

/** The oldest one that a Flow can still be published with. */
const oldestPublishable = '6.0';

/** What Meta makes of Flow JSON. */
export interface FlowJsonReport {
	/** Meta's `validation_errors`; empty if the Flow can be published. */
	errors: JsonObject[];
	/** Null if the JSON names none. */
	version: string | null;
	dataApiVersion: string | null;
	/** The version is too old to publish. */
	isFrozen: boolean;
}

/**
 * Checks Flow JSON by the rules that people break most often; it is no complete compiler.
 * https://developers.facebook.com/docs/whatsapp/flows/reference/error-codes
 */
export function validateFlowJson(text: string): FlowJsonReport {
	let json: Located;
	try {
		json = parseLocated(text);
	} catch (error) {
		if (!(error instanceof JsonSyntaxProblem)) throw error;
		const message = `Flow JSON is not valid. ${error.message}`;
		const problem = finding('INVALID_FLOW_JSON', message, { path: [], place: error.place });
		return {
			errors: [asValidationError(problem)],
			version: null,
			dataApiVersion: null,
			isFrozen: false,
		};
	}
	const root = rootOf(json);
	const version = textOf(root, 'version') ?? null;
	return {
		errors: [...checkVersion(json, version), ...checkShape(root), ...checkScreens(root)].map(
			asValidationError,
		),
		version,
		dataApiVersion: textOf(root, 'data_api_version') ?? null,
		isFrozen:
			version !== null && knownVersions.indexOf(version) < knownVersions.indexOf(oldestPublishable),
	};
}

function* checkVersion(json: Located, version: string | null): Generator<Finding> {
	const root = rootOf(json);
	if (version === null) {
		const message = 'Flow JSON version is not specified.';
		yield finding('MISSING_FLOW_JSON_VERSION', message, member(root, 'version') ?? root);
	} else if (!knownVersions.includes(version)) {
		const message = 'Given Flow JSON version is not supported.';
		yield finding('INVALID_FLOW_JSON_VERSION', message, member(root, 'version') ?? root);
	}
}
