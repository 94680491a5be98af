import { objectAt } from '../data/json.ts';
import { el } from '../dom/element.ts';
import { mediaAddress, missingMedia } from './media.ts';
import type { MessageView } from './view.ts';

export const stickerView: MessageView = {
	draw: ({ body }) => {
		const address = mediaAddress(objectAt(body, 'sticker'));
		const missing = (): HTMLElement => missingMedia('sticker', 'Sticker not available');
		if (address === null) return { content: [missing()], frame: 'media', time: 'line' };
		const image = el('img', {
			class: 'sticker',
			src: address,
			alt: 'Sticker',
			loading: 'lazy',
			referrerpolicy: 'no-referrer',
		});
		image.addEventListener('error', () => image.replaceWith(missing()));
		return { content: [image], frame: 'none', time: 'line' };
	},
	summary: () => '🏷️ Sticker',
};
