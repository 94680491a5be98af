import { checkDefinition } from '../../../../nodes/WhatsAppCloud/templates/creation/checkDefinition';
import type { Definition } from '../../../../nodes/WhatsAppCloud/templates/creation/definition';

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
