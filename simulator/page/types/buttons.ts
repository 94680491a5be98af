/** Buttons at the foot of a bubble. */

import { el, safeUrl, type Attributes } from '../dom/element.ts';
import { icon, type IconName } from '../dom/icons.ts';

/** Button that does something here; without `onPress` it cannot be pressed. */
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

/** Button that opens an address in a tab of its own; it stays dead where the address is not safe. */
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
