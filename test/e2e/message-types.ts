import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { N8nNode } from '../../scripts/host/n8n-api.ts';
import { projectFolder } from './host';

type Parameters = N8nNode['parameters'];

/** A message's body, without its envelope. */
export type Body = { type: string } & Record<string, unknown>;

/** Stored names of the parameters that choose a send's type. */
const choices = ['mediaType', 'interactiveType', 'productType'];

/** A type as the editor knows it: `sendText`, `sendInteractive.list`. */
export function typeInEditor(parameters: Parameters): string {
	return ['operation', ...choices]
		.map((name) => parameters[name])
		.filter((part) => typeof part === 'string')
		.join('.');
}

/** The same type as Meta knows it: `text`, `interactive/list`, `audio/voice`. */
export function typeOnWire({ type, ...parts }: Body): string {
	const content = parts[type];
	if (typeof content !== 'object' || content === null) return type;
	if (type === 'interactive' && 'type' in content) return `${type}/${String(content.type)}`;
	return 'voice' in content && content.voice === true ? `${type}/voice` : type;
}

/** Each type that has fixtures, as the editor knows it, with its name on the wire. */
export function typesOfFixtures(): Map<string, string> {
	const folder = join(projectFolder, 'test/fixtures/messages');
	return new Map(
		readdirSync(folder).map((file) => {
			const { operation, values, body } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
				operation: string;
				values: Parameters;
				body: Body | [Body, ...Body[]];
			};
			const first = Array.isArray(body) ? body[0] : body;
			return [typeInEditor({ operation, ...values }), typeOnWire(first)];
		}),
	);
}
