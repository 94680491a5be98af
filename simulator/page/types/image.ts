import { objectAt, textAt } from '../data/json.ts';
import { formattedText, plainLine } from '../text/formatted.ts';
import { picture } from './media.ts';
import type { MessageView } from './view.ts';

export const imageView: MessageView = {
	draw: ({ body }) => {
		const caption = textAt(body, 'image', 'caption');
		const content = [picture(objectAt(body, 'image'), plainLine(caption) || 'Photo')];
		if (caption === '') return { content, frame: 'media', time: 'overlay' };
		return { content: [...content, formattedText(caption)], frame: 'media', time: 'inline' };
	},
	summary: ({ body }) => `📷 ${plainLine(textAt(body, 'image', 'caption')) || 'Photo'}`,
};
