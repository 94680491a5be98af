import { objectAt, textAt } from '../data/json.ts';
import { formattedText, plainLine } from '../text/formatted.ts';
import { videoPoster } from './media.ts';
import type { MessageView } from './view.ts';

export const videoView: MessageView = {
	draw: ({ body }) => {
		const caption = textAt(body, 'video', 'caption');
		const content = [videoPoster(objectAt(body, 'video'), plainLine(caption) || 'Video')];
		if (caption === '') return { content, frame: 'media', time: 'overlay' };
		return { content: [...content, formattedText(caption)], frame: 'media', time: 'inline' };
	},
	summary: ({ body }) => `🎬 ${plainLine(textAt(body, 'video', 'caption')) || 'Video'}`,
};
