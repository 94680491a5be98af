import { readString } from '../reading/lenientJson';
import type { ContentReader } from './content';

export const readText: ContentReader = (text) => ({ text: readString(text['body']) });
