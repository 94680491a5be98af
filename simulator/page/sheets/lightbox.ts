/** An image or video that fills the page. */

import { el, iconButton } from '../dom/element.ts';
import { icon } from '../dom/icons.ts';

/** Opens an image or video full size; Esc or a click outside closes it. */
export function openLightbox(kind: 'image' | 'video', address: string, description: string): void {
	const medium =
		kind === 'image'
			? el('img', { src: address, alt: description, referrerpolicy: 'no-referrer' })
			: el('video', { src: address, controls: true, autoplay: true, playsinline: true });
	const dialog: HTMLDialogElement = el(
		'dialog',
		{ class: 'lightbox', 'aria-label': description },
		[
			el('header', { class: 'lightbox-header' }, [
				el('span', { dir: 'auto' }, [description]),
				iconButton('Close', icon('close'), () => dialog.close()),
			]),
			medium,
		],
		{
			click: (event) => {
				if (event.target === dialog) dialog.close();
			},
			close: () => dialog.remove(),
		},
	);
	document.body.append(dialog);
	dialog.showModal();
}
