import { defineGraphOperation } from '../../node/management/graphOperation';
import { template } from './templateTarget';

/**
 * Ends a pause set by Meta's pacing. Pauses for low quality end on their own.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-pacing
 */
export const unpauseTemplate = defineGraphOperation({
	name: 'Unpause',
	action: 'Unpause template',
	description: "End a pause by Meta's pacing; pauses for low quality end on their own",
	permission: 'whatsapp_business_management',
	target: template,
	shape: {},
	request: () => ({ method: 'POST', edge: 'unpause', isIdempotent: true }),
	item: (answer, _values, { id }) => ({
		unpaused: answer['success'] === true,
		templateId: id,
		reason: typeof answer['reason'] === 'string' ? answer['reason'] : null,
	}),
	outputSchema: { unpaused: 'boolean', templateId: 'string', reason: 'string' },
});
