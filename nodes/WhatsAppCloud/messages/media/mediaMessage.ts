import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { mediaFields } from '../../fields/media';
import { mediaObject, readMedia, type MediaKind, type MediaReference } from '../mediaReference';
import type { MessageType } from '../messageType';

/**
 * A message that is one file with a few members beside it: what all media types have in common.
 *
 * @param kind the wire type, and what the file has to be
 * @param fields the type's own fields
 * @param members checks the type's own values; the names of its output are those of the wire
 */
export function mediaMessage<Members extends Record<string, unknown>>(
	kind: MediaKind,
	fields: INodeProperties[],
	members: z.ZodType<Members>,
): MessageType<z.ZodType<{ media: MediaReference; members: Members }>> {
	return {
		fields: [...mediaFields(), ...fields],
		schema: z.record(z.string(), z.unknown()).transform((values, context) => {
			const own = members.safeParse(values);
			const media = readMedia(values, '', kind, context);
			if (!own.success) {
				const problems = own.error.issues.map(({ path, message }) => ({ path, message }));
				context.issues.push(
					...problems.map((problem) => ({ ...problem, code: 'custom' as const, input: values })),
				);
			}
			return own.success && media !== null ? { media, members: own.data } : z.NEVER;
		}),
		build: ({ media, members: own }) => {
			const given = Object.entries(own).filter(([, value]) => value !== undefined);
			return { type: kind, [kind]: { ...mediaObject(media), ...Object.fromEntries(given) } };
		},
	};
}
