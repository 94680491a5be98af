import type { FastifyInstance } from 'fastify';
import type { JsonObject } from '../json.ts';
import { invalidParameter } from '../errors/graph-error.ts';

/** Longest JSON or form body; Meta's own limit is not documented. */
const maxBodyBytes = 5 * 1024 * 1024;

/** Parses JSON (an empty body counts as none) and forms, whose values may be JSON as on Graph. */
export function addBodyParsers(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser(
		/^application\/(?:[\w.+-]+\+)?json/,
		{ parseAs: 'string', bodyLimit: maxBodyBytes },
		(_request, body: string, done) => {
			if (body.trim() === '') {
				done(null, undefined);
				return;
			}
			try {
				done(null, JSON.parse(body));
			} catch {
				done(invalidParameter('The request body is not valid JSON'), undefined);
			}
		},
	);
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string', bodyLimit: maxBodyBytes },
		(_request, body: string, done) => done(null, parseForm(body)),
	);
	// Anything else stays unread; routes that need a body ask for JSON or a file.
	app.addContentTypeParser('*', (_request, payload, done) => {
		payload.resume();
		done(null, undefined);
	});
}

function parseForm(body: string): JsonObject {
	const members = [...new URLSearchParams(body)];
	return Object.fromEntries(members.map(([name, value]) => [name, parseValue(value)]));
}

function parseValue(value: string): unknown {
	if (!/^[[{]/.test(value)) return value;
	try {
		return JSON.parse(value);
	} catch {
		return value;
	}
}
