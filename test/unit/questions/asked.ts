import type { MessageEvent } from '../../../nodes/WhatsAppCloud/events/messages/messageEvent';
import type { Asked, Received } from '../../../nodes/WhatsAppCloud/questions/asked';
import type { Step } from '../../../nodes/WhatsAppCloud/questions/question';
import type { Request, WaitContent } from '../../../nodes/WhatsAppCloud/questions/wait';

export const now = 1_790_000_000_000;

export const approval: Step = {
	name: 'answer',
	text: 'Pay 500 €?',
	retryText: '',
	wanted: {
		kind: 'choice',
		listButton: 'Choose',
		tapsOnly: false,
		otherText: 'askAgain',
		options: [
			{ id: 'approve', title: 'Approve' },
			{ id: 'deny', title: 'Deny' },
		],
	},
};

export const number = (name: string): Step => ({
	name,
	text: `${name}?`,
	retryText: `${name} as a number, please`,
	wanted: { kind: 'text', format: 'number', min: null, max: null, isWhole: true },
});

export const asked = (questionId: string, steps: Step[], changes: Partial<Asked> = {}): Asked => ({
	questionId,
	phoneNumberId: '200',
	personKey: `person of ${questionId}`,
	recipient: '+4915123456789',
	startsWorkflows: false,
	opening: null,
	itemIndex: 0,
	place: 0,
	state: 'asking',
	step: 0,
	attempts: 0,
	isReminded: false,
	messageId: null,
	askedAt: null,
	expiresAt: null,
	remindAt: null,
	closedAt: null,
	question: { steps, mostAttempts: null },
	given: [],
	problem: null,
	received: [],
	...changes,
});

export const says = (text: string, changes: Partial<Received> = {}): Received => ({
	id: `wamid.${text}`,
	type: 'text',
	text,
	replyId: null,
	media: null,
	optsOut: false,
	event: { event: 'message', id: `wamid.${text}`, timestamp: null } as MessageEvent,
	...changes,
});

export const anyOne: Request = {
	itemIndex: 0,
	rule: { needed: 1, isApproval: true, firstWins: true },
	expiresAt: null,
	remindMs: null,
	followUps: { thanks: '', reminder: '', expired: '', settled: '' },
};

export const waitContent = ({
	requests = [anyOne],
	...changes
}: Partial<
	WaitContent & Pick<Request, 'expiresAt' | 'remindMs' | 'followUps'>
> = {}): WaitContent => ({
	requests: requests.map((request) => ({ ...request, ...changes })),
});
