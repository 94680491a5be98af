import { template } from '../../messages/template/template';
import { sendOperation } from './send';

export const sendTemplate = sendOperation({
	name: 'Send Template',
	action: 'Send template message',
	description: 'Send an approved template with its values, also outside the 24-hour window',
	message: template,
});
