/** Builds nodes. Content is only set as text and attributes: no string ever becomes markup. */

/** `false`, `null` and `undefined` are left out. */
export type Child = Node | string | number | false | null | undefined;

/** `true` sets an empty attribute; `false`, `null` and `undefined` set none. */
export type Attributes = Record<string, string | number | boolean | null | undefined>;

type Handlers = {
	[Name in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Name]) => unknown;
};

function setAttributes(node: Element, attributes: Attributes): void {
	for (const [name, value] of Object.entries(attributes)) {
		if (value === false || value === null || value === undefined) continue;
		node.setAttribute(name, value === true ? '' : String(value));
	}
}

function append(node: Element, children: Child[]): void {
	for (const child of children) {
		if (child === false || child === null || child === undefined) continue;
		node.append(typeof child === 'number' ? String(child) : child);
	}
}

/** HTML element with attributes, children and event handlers. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
	tag: Tag,
	attributes: Attributes = {},
	children: Child[] = [],
	handlers: Handlers = {},
): HTMLElementTagNameMap[Tag] {
	const node = document.createElement(tag);
	setAttributes(node, attributes);
	append(node, children);
	for (const [name, handler] of Object.entries(handlers)) {
		node.addEventListener(name, handler as (event: Event) => void);
	}
	return node;
}

/** SVG element. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
	tag: Tag,
	attributes: Attributes = {},
	children: SVGElement[] = [],
): SVGElementTagNameMap[Tag] {
	const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
	setAttributes(node, attributes);
	append(node, children);
	return node;
}

/**
 * The address if it is safe to link to, otherwise null: `javascript:` and `data:` in a message must
 * never become a link.
 */
export function safeUrl(address: string): string | null {
	try {
		const url = new URL(address);
		return ['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol) ? url.href : null;
	} catch {
		return null;
	}
}

/** Link that opens in a new tab, without referrer or opener; plain text if it is not safe. */
export function link(address: string, children: Child[], attributes: Attributes = {}): HTMLElement {
	const href = safeUrl(address);
	if (href === null) return el('span', attributes, children);
	return el(
		'a',
		{ ...attributes, href, target: '_blank', rel: 'noopener noreferrer nofollow' },
		children,
	);
}

/** Icon button with an accessible name. */
export function iconButton(
	name: string,
	drawing: SVGElement,
	onPress: (event: MouseEvent) => unknown,
	attributes: Attributes = {},
): HTMLButtonElement {
	return el(
		'button',
		{ type: 'button', class: 'icon-button', 'aria-label': name, title: name, ...attributes },
		[drawing],
		{ click: onPress },
	);
}
