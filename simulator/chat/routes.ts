import { createReadStream } from 'node:fs';
import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod/v4';
import { addAdminErrors } from '../admin/routes.ts';
import { NotHere } from '../admin/not-here.ts';
import type { ChatCustomer, ChatMediaUpload } from '../chat-contract.ts';
import { originOf } from '../graph/call.ts';
import { addBodyParsers } from '../graph/body-parsers.ts';
import { asObject, asText } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import { digitsOf } from '../state/account.ts';
import { userIdOf } from '../state/ids.ts';
import { statusRank } from '../state/messages.ts';
import { advanceStatus } from '../webhooks/statuses.ts';
import { byteRange } from './byte-range.ts';
import { receiveFromCustomer } from './inbound.ts';
import { chatState } from './state.ts';

const maxFileBytes = 100 * 1024 * 1024;

const customerSchema = z.strictObject({
	waId: z.string().optional(),
	name: z.string().min(1),
	username: z.string().min(1).optional(),
	phoneHidden: z.boolean().optional(),
});

const messageSchema = z.strictObject({
	phoneNumberId: z.string(),
	customer: z.string(),
	message: z.looseObject({ type: z.string().min(1) }),
	contextId: z.string().optional(),
});

const readSchema = z.strictObject({ phoneNumberId: z.string(), customer: z.string() });
const playedSchema = z.strictObject({ messageId: z.string() });
/** A link of a template: the text of its button. */
const linkSchema = z.strictObject({ messageId: z.string(), text: z.string() });

/** The customers' side; chat-contract.ts has the shapes of requests and answers. */
export async function registerChat(app: FastifyInstance, simulator: Simulator): Promise<void> {
	addBodyParsers(app);
	addAdminErrors(app);
	await app.register(multipart, { limits: { fileSize: maxFileBytes, files: 1 } });

	app.get('/_simulator/chat/state', () => chatState(simulator));
	app.get('/_simulator/chat/events', (_request, reply) => {
		reply.hijack();
		simulator.chat.subscribe(reply.raw);
	});
	app.post('/_simulator/chat/customers', (request) =>
		addCustomer(simulator, customerSchema.parse(request.body)),
	);
	app.post('/_simulator/chat/messages', (request) => {
		const { contextId, ...rest } = messageSchema.parse(request.body);
		return {
			id: receiveFromCustomer(
				simulator,
				contextId === undefined ? rest : { ...rest, contextId },
				originOf(simulator, request),
			),
		};
	});
	app.post('/_simulator/chat/read', (request) => {
		const { phoneNumberId, customer } = readSchema.parse(request.body);
		for (const message of simulator.messages.conversation(phoneNumberId, customer)) {
			const { chat } = message;
			if (chat.author !== 'business' || chat.status === 'failed') continue;
			if (message.rank >= statusRank.read || message.hidden) continue;
			for (const status of ['sent', 'delivered', 'read'] as const) {
				advanceStatus(simulator, message, status);
			}
		}
		return { success: true };
	});
	app.post('/_simulator/chat/played', (request) => {
		const { messageId } = playedSchema.parse(request.body);
		const message = simulator.messages.get(messageId);
		if (message?.chat.author !== 'business') throw new NotHere(`There is no message ${messageId}`);
		advanceStatus(simulator, message, 'played');
		return { success: true };
	});
	app.post('/_simulator/chat/link', (request) => {
		const { messageId, text } = linkSchema.parse(request.body);
		if (!simulator.messages.get(messageId)) throw new NotHere(`There is no message ${messageId}`);
		simulator.templates.noteTap({ messageId, text, isLink: true });
		return { success: true };
	});
	app.post('/_simulator/chat/media', async (request): Promise<ChatMediaUpload> => {
		const part = await request.file();
		if (!part) throw new SyntaxError('The request must be multipart/form-data with a part "file"');
		const file = await simulator.media.write(part.file);
		const media = simulator.media.add(file, {
			mimeType: part.mimetype,
			filename: part.filename,
			phoneNumberId: [...simulator.account.phoneNumbers.keys()][0] ?? '',
			source: 'received',
		});
		return {
			id: media.id,
			mime_type: media.mimeType,
			sha256: media.sha256Base64,
			file_size: media.byteLength,
			filename: media.filename,
		};
	});
	app.get('/_simulator/chat/media/:id', (request, reply) => {
		const id = asText(asObject(request.params)?.['id']) ?? '';
		const media = simulator.media.get(id);
		if (!media) throw new NotHere(`There is no file ${id}`);
		const { path, mimeType, byteLength } = media;
		void reply
			.type(mimeType)
			.header('accept-ranges', 'bytes')
			.header('content-security-policy', 'sandbox');
		const range = byteRange(request.headers.range, byteLength);
		if (range === null) {
			return reply.header('content-length', String(byteLength)).send(createReadStream(path));
		}
		const { start, end } = range;
		return reply
			.code(206)
			.header('content-range', `bytes ${start}-${end}/${byteLength}`)
			.header('content-length', String(end - start + 1))
			.send(createReadStream(path, range));
	});
}

function addCustomer(simulator: Simulator, input: z.infer<typeof customerSchema>): ChatCustomer {
	const waId = digitsOf(input.waId ?? '') || freeWaId(simulator);
	const known = simulator.customers.get(waId);
	const customer: ChatCustomer = {
		waId,
		userId: known?.userId ?? userIdOf(waId),
		name: input.name,
		username: input.username ?? known?.username ?? null,
		phoneHidden: input.phoneHidden ?? known?.phoneHidden ?? false,
	};
	simulator.customers.put(customer);
	simulator.chat.publish('customer', customer);
	return customer;
}

/** The next free number in the range of the simulator's customers. */
function freeWaId(simulator: Simulator): string {
	let candidate = 15_550_200_005;
	while (simulator.customers.get(String(candidate))) candidate++;
	return String(candidate);
}
