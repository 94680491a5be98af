import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { mediaFields } from '../../fields/mediaFields';
import { readAt } from '../../values/schema/reading';
import {
	mediaObject,
	readMedia,
	type MediaKind,
	type MediaReference,
	type WireMediaKind,
} from '../mediaReference';
import type { MessageType } from '../messageType';
import { rowOf } from '../../values/row';

/**
 * A message with one file and a few other members: what all media types have in common.
 *
 * @param kind the wire type
 * @param fields the type's own fields
 * @param members checks the type's own values; its output has the names on the wire
 * @param fileKind what the file has to be, if stricter than the wire type
 */
export function mediaMessage<Members extends Record<string, unknown>>(
	kind: WireMediaKind,
	fields: INodeProperties[],
	members: z.ZodType<Members>,
	fileKind: MediaKind = kind,
): MessageType<z.ZodType<{ media: MediaReference; members: Members }>> {
	return {
		fields: [...mediaFields(), ...fields],
		schema: rowOf((values, context) => {
			const media = readMedia(values, '', fileKind, context);
			const own = readAt(members, values, [], context);
			return own === undefined || media === null ? z.NEVER : { media, members: own };
		}),
		build: ({ media, members: own }) => {
			const given = Object.entries(own).filter(([, value]) => value !== undefined);
			return { type: kind, [kind]: { ...mediaObject(media), ...Object.fromEntries(given) } };
		},
	};
}
