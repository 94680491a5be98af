import { z } from 'zod/v4';
import { mediaMessage } from './mediaMessage';

/** Sound, shown with a player and a file icon. https://developers.facebook.com/docs/whatsapp/cloud-api/messages/audio-messages */
export const audio = mediaMessage('audio', [], z.object({}));
