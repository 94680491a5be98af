import { advance } from '../../../nodes/WhatsAppCloud/questions/advance';
import type { Asked, Send } from '../../../nodes/WhatsAppCloud/questions/asked';
import type { WaitContent } from '../../../nodes/WhatsAppCloud/questions/wait';
import { now } from './asked';

interface Sent {
	questionId: string;
	key: string;
	text: string;
}

/** Carries on and tells what was sent. */
export async function carryOn(
	content: WaitContent,
	questions: Asked[],
	{ at = now, fails = false }: { at?: number; fails?: boolean } = {},
) {
	const sent: Sent[] = [];
	const send: Send = async ({ questionId }, message, key) => {
		const body = message === 'opening' ? {} : message;
		const words = JSON.stringify(body);
		sent.push({ questionId, key, text: /"(?:text|body)":"([^"]*)"/.exec(words)?.[1] ?? '' });
		if (fails) throw new Error('Meta refuses');
		return await Promise.resolve({ messageId: `wamid.${key}` });
	};
	const notSent: string[] = [];
	const result = await advance(content, questions, {
		send,
		concurrency: 10,
		now: at,
		notSent: ({ questionId }, key, error) => notSent.push(`${questionId} ${key}: ${String(error)}`),
	});
	return { sent, notSent, ...result };
}
