import type { JsonObject } from '../../json.ts';
import { checkFilename, checkMediaObject } from '../media-object.ts';
import type { LookupContext } from '../media-object.ts';
import { badValue, optionalObject, requireObject, requirePart, requireText } from '../rules.ts';

const bodyLength = 1024;
const footerLength = 60;
const headerTextLength = 60;

type HeaderKind = 'text' | 'image' | 'video' | 'document';

/** @throws GraphError 131008 or 131009 */
export function requireBody(interactive: JsonObject, max = bodyLength): void {
	const body = requireObject(interactive, 'body', 'interactive.body');
	requireText(body, 'text', 'interactive.body.text', { max });
}

/** @throws GraphError 131009 */
export function optionalBody(interactive: JsonObject): void {
	const body = optionalObject(interactive, 'body', 'interactive.body');
	if (body) requireText(body, 'text', 'interactive.body.text', { max: bodyLength });
}

/** @throws GraphError 131009 */
export function optionalFooter(interactive: JsonObject): void {
	const footer = optionalObject(interactive, 'footer', 'interactive.footer');
	if (footer) requireText(footer, 'text', 'interactive.footer.text', { max: footerLength });
}

/** @throws GraphError 131008, 131009, or an error about the header's file */
export function optionalHeader(
	context: LookupContext,
	interactive: JsonObject,
	kinds: readonly HeaderKind[],
): void {
	const header = optionalObject(interactive, 'header', 'interactive.header');
	if (header) checkHeader(context, header, 'interactive.header', kinds);
}

export function checkHeader(
	context: LookupContext,
	header: JsonObject,
	path: string,
	kinds: readonly HeaderKind[],
): HeaderKind {
	const type = requirePart(header, 'type', `${path}.type`);
	const kind = kinds.find((known) => known === type);
	if (!kind) throw badValue(`${path}.type must be one of {${kinds.join(', ')}}`);
	if (kind === 'text') {
		requireText(header, 'text', `${path}.text`, { max: headerTextLength });
		return kind;
	}
	const media = requireObject(header, kind, `${path}.${kind}`);
	checkMediaObject(context, media, kind, `${path}.${kind}`);
	if (kind === 'document') checkFilename(media, `${path}.${kind}`);
	return kind;
}

export function requireAction(interactive: JsonObject): JsonObject {
	return requireObject(interactive, 'action', 'interactive.action');
}

/** The action, which must have this name. @throws GraphError 131008 or 131009 */
export function requireNamedAction(interactive: JsonObject, name: string): JsonObject {
	const action = requireAction(interactive);
	if (requirePart(action, 'name', 'interactive.action.name') !== name) {
		throw badValue(`interactive.action.name must be ${name}`);
	}
	return action;
}

export function requireParameters(action: JsonObject): JsonObject {
	return requireObject(action, 'parameters', 'interactive.action.parameters');
}
