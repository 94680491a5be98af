/** Buttons at the bottom of a bubble. */

import { el, safeUrl, type Attributes } from '../dom/element.ts';
import { icon, type IconName } from '../dom/icons.ts';

/** Button with an action; disabled without `onPress`. */
export function bubbleButton(
	iconName: IconName | null,
	label: string,
	onPress: (() => unknown) | null,
	attributes: Attributes = {},
): HTMLElement {
	return el(
		'button',
		{ type: 'button', class: 'bubble-button', disabled: onPress === null, ...attributes },
		[iconName !== null && icon(iconName), el('span', { dir: 'auto' }, [label])],
		onPress === null ? {} : { click: onPress },
	);
}

/** Button that opens a URL in a new tab; disabled if the URL is not safe. */
export function bubbleLink(iconName: IconName, label: string, address: string): HTMLElement {
	const href = safeUrl(address);
	const content = [icon(iconName), el('span', { dir: 'auto' }, [label])];
	if (href === null) {
		return el(
			'button',
			{ type: 'button', class: 'bubble-button', disabled: true, title: address },
			content,
		);
	}
	return el(
		'a',
		{
			class: 'bubble-button',
			href,
			title: href,
			target: '_blank',
			rel: 'noopener noreferrer nofollow',
		},
		content,
	);
}
