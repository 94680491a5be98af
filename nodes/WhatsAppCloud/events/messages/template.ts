import { camelCased } from '../reading/camelCase';
import type { ContentReader } from './content';

/** In an echo: the template as sent. Meta does not send its text. */
export const readTemplate: ContentReader = (template) => ({
	text: null,
	template: camelCased(template),
});
