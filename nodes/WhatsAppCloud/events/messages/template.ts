import { camelCased } from '../reading/camelCase';
import type { ContentReader } from './content';

/** In an echo: the template as it was sent. Its words stay with Meta, so that there are none to read. */
export const readTemplate: ContentReader = (template) => ({
	text: null,
	template: camelCased(template),
});
