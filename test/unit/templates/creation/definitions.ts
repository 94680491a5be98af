import { checkDefinition } from '../../../../nodes/WhatsAppCloud/templates/creation/checkDefinition';
import type {
	DefinedComponent,
	Definition,
} from '../../../../nodes/WhatsAppCloud/templates/creation/definition';

/** A definition that Meta takes, with changes. */
export const definition = (changes: Partial<Definition> = {}): Definition => ({
	name: 'order_shipped',
	language: 'en_US',
	category: 'UTILITY',
	parameter_format: 'POSITIONAL',
	components: [{ type: 'BODY', text: 'Your order is on its way.' }],
	further: {},
	...changes,
});

/** The problems of a definition, as `BODY.text is empty`. */
export function problemsOf(changes: Partial<Definition>): string[] {
	const problems: string[] = [];
	checkDefinition(definition(changes), (place, problem) => {
		problems.push(`${place.join('.')} ${problem}`);
	});
	return problems;
}

/** A body, whose variables have numbers, with their examples. */
export const body = (text: string, ...examples: string[]): DefinedComponent => ({
	type: 'BODY',
	text,
	...(examples.length === 0 ? {} : { example: { body_text: [examples] } }),
});

/** A body whose variables have names. */
export const named = (text: string, examples: Record<string, string>): DefinedComponent => ({
	type: 'BODY',
	text,
	example: {
		body_text_named_params: Object.entries(examples).map(([name, example]) => ({
			param_name: name,
			example,
		})),
	},
});

/** A text header, with the example of its variable. */
export const header = (text: string, ...examples: string[]): DefinedComponent => ({
	type: 'HEADER',
	format: 'TEXT',
	text,
	...(examples.length === 0 ? {} : { example: { header_text: examples } }),
});

export const image: DefinedComponent = {
	type: 'HEADER',
	format: 'IMAGE',
	example: { header_handle: ['4::aW'] },
};

export const buttons = (...list: Record<string, unknown>[]): DefinedComponent => ({
	type: 'BUTTONS',
	buttons: list,
});

export const plain = body('Your order is on its way.');
export const reply = { type: 'QUICK_REPLY', text: 'Fine' };
export const other = { type: 'QUICK_REPLY', text: 'Not fine' };
export const link = { type: 'URL', text: 'Track', url: 'https://example.com' };
export const offer = {
	type: 'LIMITED_TIME_OFFER',
	limited_time_offer: { text: 'Ends soon', has_expiration: true },
};
