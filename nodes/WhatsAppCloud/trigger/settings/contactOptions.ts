import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod/v4';
import { optInWords, optOutWords } from '../../contacts/wordLists';
import { consentWords, type ConsentWords } from '../../contacts/consentWords';
import { minuteMs } from '../../time/durations';
import { choiceOf } from '../../values/choice';
import { optionalText } from '../../values/schema/reading';
import { textList } from '../../values/list';
import { numberOr } from '../../values/numbers';

/** How long the bot is silent after a person has answered, in minutes. */
const DEFAULT_PAUSE = 60;

/** Longest pause, in minutes: 30 days. */
const LONGEST_PAUSE = 43_200;

/** Longest text of a WhatsApp message. */
const LONGEST_TEXT = 4_096;

/** What becomes of messages of people with whom a human or another agent talks. */
const WHEN_TAKEN_OVER = {
	start: { name: 'Start as Always' },
	mark: { name: 'Start and Mark', description: 'The items of messages say in handoff who answers' },
	route: {
		name: 'Use Another Output',
		description: 'These messages leave by an output of their own, with handoff in their items',
	},
	skip: { name: 'Start Nothing', description: 'These messages start no execution' },
} as const;

export type WhenTakenOver = keyof typeof WHEN_TAKEN_OVER;

/** The options about what people want, and about who answers them; sorted with the others. */
export const contactOptionFields = {
	optInConfirmation: {
		displayName: 'Opt-In Confirmation',
		name: 'optInConfirmation',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Welcome back! You will hear from us again.',
		description:
			'Sent once to a person who opts in by a word. Leave empty to send nothing. Needs the state.',
	},
	optInWords: {
		displayName: 'Opt-In Words',
		name: 'optInWords',
		type: 'string',
		typeOptions: { rows: 4 },
		default: optInWords.join(', '),
		hint: 'Separated by commas',
		description:
			'A message or tapped button that is one of these words as a whole opts its sender in to marketing',
	},
	optOutConfirmation: {
		displayName: 'Opt-Out Confirmation',
		name: 'optOutConfirmation',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. You will get no more offers from us. Write START to change that.',
		description:
			'Sent once to a person who opts out by a word. Leave empty to send nothing. Needs the state.',
	},
	optOutWords: {
		displayName: 'Opt-Out Words',
		name: 'optOutWords',
		type: 'string',
		typeOptions: { rows: 4 },
		default: optOutWords.join(', '),
		hint: 'Separated by commas',
		description:
			'A message or tapped button that is one of these words as a whole opts its sender out of marketing. Leave empty to look for none.',
	},
	pauseMinutes: {
		displayName: 'Pause After a Person Answers',
		name: 'pauseMinutes',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: LONGEST_PAUSE },
		default: DEFAULT_PAUSE,
		hint: 'In minutes; 0 never pauses',
		description:
			'How long the bot is silent after somebody has answered in the WhatsApp Business app, or Meta has passed the conversation to a person',
	},
	whenTakenOver: {
		displayName: 'When a Person Has Taken Over',
		name: 'whenTakenOver',
		type: 'options',
		options: Object.entries(WHEN_TAKEN_OVER).map(([value, option]) => ({ ...option, value })),
		default: 'skip',
		description:
			'What becomes of messages in conversations that a human or another agent answers. Needs the state.',
	},
} as const satisfies Record<string, INodeProperties>;

/** Their schemas, by name. */
export const contactOptionShape = {
	optInConfirmation: optionalText(LONGEST_TEXT),
	optInWords: textList().optional(),
	optOutConfirmation: optionalText(LONGEST_TEXT),
	optOutWords: textList().optional(),
	pauseMinutes: numberOr(DEFAULT_PAUSE, { min: 0, max: LONGEST_PAUSE, unit: 'minutes' }),
	whenTakenOver: choiceOf(Object.keys(WHEN_TAKEN_OVER) as WhenTakenOver[]).default('start'),
};

type ContactOptionValues = z.output<z.ZodObject<typeof contactOptionShape>>;

/** What a trigger does about consent and handoffs. */
export interface ContactOptions {
	/** Null: the built-in words, unless another trigger of the app has words of its own. */
	words: ConsentWords | null;
	/** Null sends nothing. */
	confirmations: { optIn: string | null; optOut: string | null };
	/** How long the bot is silent after a person has answered; 0 never pauses. */
	pauseMs: number;
	whenTakenOver: WhenTakenOver;
}

export function toContactOptions(values: ContactOptionValues): ContactOptions {
	const { optInWords: optIn, optOutWords: optOut } = values;
	return {
		words:
			optIn === undefined && optOut === undefined
				? null
				: consentWords({ optIn: optIn ?? null, optOut: optOut ?? null }),
		confirmations: {
			optIn: values.optInConfirmation ?? null,
			optOut: values.optOutConfirmation ?? null,
		},
		pauseMs: values.pauseMinutes * minuteMs,
		whenTakenOver: values.whenTakenOver,
	};
}
