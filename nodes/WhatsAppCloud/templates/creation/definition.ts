/** One component of a definition in Meta's form: its type in capitals, and its own members. */
export type DefinedComponent = { type: string } & Record<string, unknown>;

/** What a template is for; it decides the price and the rules. */
export const categories = ['AUTHENTICATION', 'MARKETING', 'UTILITY'] as const;

export type Category = (typeof categories)[number];

/**
 * A new template, or a new content of one, in Meta's form.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components
 */
export interface Definition {
	name: string;
	/** Meta's code: `en_US`. */
	language: string;
	category: Category;
	/** How the variables of the whole template are called: `{{1}}` or `{{first_name}}`. */
	parameter_format: 'NAMED' | 'POSITIONAL';
	components: DefinedComponent[];
	/** Members that few templates have: `message_send_ttl_seconds`, `sub_category` … */
	further: Record<string, unknown>;
}

/** Meta's types of components, in the order in which a template shows them. */
export const componentTypes = [
	'HEADER',
	'LIMITED_TIME_OFFER',
	'BODY',
	'FOOTER',
	'CALL_PERMISSION_REQUEST',
	'BUTTONS',
	'CAROUSEL',
] as const;

/** Finds a component by Meta's type. */
export const componentOf = (
	components: readonly DefinedComponent[],
	type: string,
): DefinedComponent | undefined => components.find((component) => component.type === type);
