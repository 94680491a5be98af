import { objectAt, textAt } from '../data/json.ts';
import { formattedText, plainLine } from '../text/formatted.ts';
import { fileLine } from './media.ts';
import type { MessageView } from './view.ts';

export const documentView: MessageView = {
	draw: ({ body }) => {
		const caption = textAt(body, 'document', 'caption');
		const content = [fileLine(objectAt(body, 'document'))];
		if (caption === '') return { content, frame: 'media', time: 'line' };
		return { content: [...content, formattedText(caption)], frame: 'media', time: 'inline' };
	},
	summary: ({ body }) => {
		const name = textAt(body, 'document', 'filename');
		return `📄 ${plainLine(textAt(body, 'document', 'caption')) || name || 'Document'}`;
	},
};
