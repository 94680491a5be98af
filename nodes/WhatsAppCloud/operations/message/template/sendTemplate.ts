import { template, type TemplateMessage } from '../../../messages/template/template';
import { sendOperation } from '../send';
import { completeTemplate } from './completeTemplate';
import { explainTemplate } from './explainTemplate';
import { showTemplate } from './previewTemplate';

export const sendTemplate = sendOperation({
	name: 'Send Template',
	action: 'Send template message',
	description:
		'Send an approved template, also outside the 24-hour window. The values are named as the template shows them.',
	message: template,
	detailsShape: {
		template: { name: 'string', language: 'string', category: 'string', text: 'string' },
	},
	hooks: {
		complete: async (run, values) =>
			await completeTemplate(run, values as typeof values & TemplateMessage),
		preview: {
			isWanted: (values) => (values as typeof values & TemplateMessage).isPreview,
			show: showTemplate,
		},
		explain: explainTemplate,
	},
});
