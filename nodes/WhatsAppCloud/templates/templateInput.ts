/** What kind of value an input takes. */
export type InputKind =
	| 'text'
	/** A picture, video or document: a link, a media ID, or the name of a binary field. */
	| 'file'
	/** An object or a list. */
	| 'json'
	| 'choice';

/** One value that a template takes on sending. */
export interface TemplateInput {
	/** Says by itself where the value goes: `body.1`, `header.image`, `card.0.button.1.url`. */
	id: string;
	/** What the panel calls it, short: `{{1}}`, `Header Image`, `Track order URL`. */
	label: string;
	kind: InputKind;
	/** A value such as Meta reviewed the template with; null if there is none. */
	example: string | null;
	/** For a choice: what the message may say, as Meta writes it. */
	choices?: readonly string[];
}

/**
 * Whether Meta refuses a message without this input. Its ID tells, so that a message can be checked
 * without the template.
 */
export const isRequired = (id: string): boolean => !optional.test(id);

const optional =
	/^tap\.|^order\.description$|\bheader\.(?:filename|name|address)$|\bbutton\.\d\.(?:payload|token|data|catalog|thumbnail|minutes|call)$/;

/** An input of text, with what differs. */
export const inputOf = (
	id: string,
	label: string,
	differing: Partial<TemplateInput> = {},
): TemplateInput => ({ id, label, kind: 'text', example: null, ...differing });

/** Makes inputs those of one card: `card.0.body.1`, "Card 1 {{1}}". */
export const ofCard = (inputs: readonly TemplateInput[], card: number): TemplateInput[] =>
	inputs.map((input) => ({
		...input,
		id: `card.${card}.${input.id}`,
		label: `Card ${card + 1} ${input.label}`,
	}));
