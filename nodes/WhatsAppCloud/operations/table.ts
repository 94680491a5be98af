import type { Operation } from '../node/operation';
import { getCallPermission } from './call/getCallPermission';
import { getCallSettings } from './call/getCallSettings';
import { updateCallSettings } from './call/updateCallSettings';
import { apiRequest } from './account/apiRequest';
import { getAccount } from './account/getAccount';
import { getAnalytics } from './account/getAnalytics';
import { block } from './contact/block';
import { getConsentHistory } from './contact/consent/consentHistory';
import { exportConsent } from './contact/consent/exportConsent';
import { importConsent } from './contact/consent/importConsent';
import { setConsent } from './contact/consent/setConsent';
import { eraseContact } from './contact/eraseContact';
import { getBlocked } from './contact/getBlocked';
import { getContact } from './contact/getContact';
import { getContactData } from './contact/getContactData';
import { getContacts } from './contact/getContacts';
import { getMessages } from './contact/getMessages';
import { setHandoff } from './contact/setHandoff';
import { passControl, releaseControl } from './contact/threadControl';
import { unblock } from './contact/unblock';
import { createFlow } from './flow/createFlow';
import { deleteFlow } from './flow/deleteFlow';
import { deprecateFlow } from './flow/deprecateFlow';
import { getFlow } from './flow/getFlow';
import { getFlows } from './flow/getFlows';
import { getMetrics } from './flow/getMetrics';
import { publishFlow } from './flow/publishFlow';
import { updateFlow } from './flow/updateFlow';
import { answerJoinRequests } from './group/answerJoinRequests';
import { createGroup } from './group/createGroup';
import { deleteGroup } from './group/deleteGroup';
import { getGroup } from './group/getGroup';
import { getGroups } from './group/getGroups';
import { getJoinRequests } from './group/getJoinRequests';
import { getInviteLink, resetInviteLink } from './group/inviteLink';
import { removeParticipants } from './group/removeParticipants';
import { updateGroup } from './group/updateGroup';
import { deleteMedia } from './media/delete';
import { download } from './media/download';
import { get as getMedia } from './media/get';
import { upload } from './media/upload';
import { markAsRead } from './message/markAsRead';
import { pinMessage } from './message/pinMessage';
import { cancelQuestion } from './message/question/cancelQuestion';
import { getQuestions } from './message/question/getQuestions';
import { resume } from './message/resume';
import { sendAndWait } from './message/sendAndWait';
import { sendContacts } from './message/sendContacts';
import { sendCustom } from './message/sendCustom';
import { sendInteractive } from './message/sendInteractive';
import { sendLocation } from './message/sendLocation';
import { sendMedia } from './message/sendMedia';
import { sendProduct } from './message/sendProduct';
import { sendReaction } from './message/sendReaction';
import { sendTemplate } from './message/template/sendTemplate';
import { sendText } from './message/sendText';
import { createLink } from './messageLink/createLink';
import { deleteLink } from './messageLink/deleteLink';
import { getLinks } from './messageLink/getLinks';
import { updateLink } from './messageLink/updateLink';
import { getPhoneNumber } from './phoneNumber/getPhoneNumber';
import { getPhoneNumbers } from './phoneNumber/getPhoneNumbers';
import {
	getConversationalComponents,
	updateConversationalComponents,
} from './phoneNumber/profile/conversationalComponents';
import { getProfile } from './phoneNumber/profile/getProfile';
import { updateProfile } from './phoneNumber/profile/updateProfile';
import { deleteUsername, getUsername, setUsername } from './phoneNumber/profile/usernames';
import { addPhoneNumber } from './phoneNumber/registration/addPhoneNumber';
import { deregisterNumber } from './phoneNumber/registration/deregisterNumber';
import { registerNumber } from './phoneNumber/registration/registerNumber';
import { requestCode } from './phoneNumber/registration/requestCode';
import { setDisplayName } from './phoneNumber/registration/setDisplayName';
import { setPin } from './phoneNumber/registration/setPin';
import { verifyCode } from './phoneNumber/registration/verifyCode';
import { getSettings } from './phoneNumber/settings/getSettings';
import { updateSettings } from './phoneNumber/settings/updateSettings';
import { delivery } from './report/delivery';
import { estimate } from './report/estimate';
import { pricing } from './report/pricing';
import { checkHealth } from './token/checkHealth';
import { getTemplateAnalytics } from './template/analytics/getTemplateAnalytics';
import { archiveTemplates } from './template/archiveTemplates';
import { compareTemplates } from './template/compareTemplates';
import { createTemplate } from './template/definition/createTemplate';
import { updateTemplate } from './template/definition/updateTemplate';
import { deleteTemplates } from './template/deleteTemplates';
import { getLibrary } from './template/getLibrary';
import { getTemplate } from './template/getTemplate';
import { getTemplates } from './template/getTemplates';
import { migrateTemplates } from './template/migrateTemplates';
import { templateSummary } from './template/templateSummary';
import { unarchiveTemplates } from './template/unarchiveTemplates';
import { unpauseTemplate } from './template/unpauseTemplate';
import { debug } from './token/debug';
import { exchangeCode } from './token/exchangeCode';
import { refresh } from './token/refresh';
import { getSubscriptions } from './webhook/getSubscriptions';
import { subscribe } from './webhook/subscribe';
import { unsubscribe } from './webhook/unsubscribe';

/** A resource of the node with its operations. Both are listed by how often people need them. */
export interface Resource {
	name: string;
	operations: Record<string, Operation>;
}

/**
 * THE table. Its keys are the stored values of resource and operation, permanent from the first
 * release. The editor's lists, the fields, the checks and the dispatch all come from here.
 */
export const resources = {
	message: {
		name: 'Message',
		operations: {
			sendText,
			sendTemplate,
			sendMedia,
			sendInteractive,
			sendProduct,
			sendLocation,
			sendContacts,
			sendReaction,
			sendAndWait,
			pinMessage,
			markAsRead,
			sendCustom,
			resume,
			getQuestions,
			cancelQuestion,
		},
	},
	media: {
		name: 'Media',
		operations: { download, upload, get: getMedia, delete: deleteMedia },
	},
	template: {
		name: 'Template',
		operations: {
			getMany: getTemplates,
			get: getTemplate,
			create: createTemplate,
			update: updateTemplate,
			delete: deleteTemplates,
			getLibrary,
			getSummary: templateSummary,
			getAnalytics: getTemplateAnalytics,
			compare: compareTemplates,
			migrate: migrateTemplates,
			archive: archiveTemplates,
			unarchive: unarchiveTemplates,
			unpause: unpauseTemplate,
		},
	},
	report: {
		name: 'Report',
		operations: { delivery, estimate, pricing },
	},
	contact: {
		name: 'Contact',
		operations: {
			get: getContact,
			getMany: getContacts,
			getMessages,
			setConsent,
			getConsentHistory,
			setHandoff,
			passControl,
			releaseControl,
			importConsent,
			exportConsent,
			getData: getContactData,
			erase: eraseContact,
			block,
			unblock,
			getBlocked,
		},
	},
	phoneNumber: {
		name: 'Phone Number',
		operations: {
			get: getPhoneNumber,
			getMany: getPhoneNumbers,
			getProfile,
			updateProfile,
			getSettings,
			updateSettings,
			getConversationalComponents,
			updateConversationalComponents,
			getUsername,
			setUsername,
			deleteUsername,
			setDisplayName,
			setPin,
			add: addPhoneNumber,
			requestCode,
			verifyCode,
			register: registerNumber,
			deregister: deregisterNumber,
		},
	},
	messageLink: {
		name: 'Message Link (QR Code)',
		operations: {
			create: createLink,
			getMany: getLinks,
			update: updateLink,
			delete: deleteLink,
		},
	},
	account: {
		name: 'Business Account',
		operations: { get: getAccount, getAnalytics, apiRequest },
	},
	flow: {
		name: 'Flow',
		operations: {
			getMany: getFlows,
			get: getFlow,
			create: createFlow,
			update: updateFlow,
			publish: publishFlow,
			deprecate: deprecateFlow,
			delete: deleteFlow,
			getMetrics,
		},
	},
	group: {
		name: 'Group',
		operations: {
			getMany: getGroups,
			get: getGroup,
			create: createGroup,
			update: updateGroup,
			delete: deleteGroup,
			getInviteLink,
			resetInviteLink,
			getJoinRequests,
			answerJoinRequests,
			removeParticipants,
		},
	},
	call: {
		name: 'Call',
		operations: {
			getPermission: getCallPermission,
			getSettings: getCallSettings,
			updateSettings: updateCallSettings,
		},
	},
	webhook: {
		name: 'Webhook',
		operations: { getSubscriptions, subscribe, unsubscribe },
	},
	token: {
		name: 'Token',
		operations: { checkHealth, debug, refresh, exchangeCode },
	},
} satisfies Record<string, Resource>;

/** Finds an operation by its stored values; undefined if there is none. */
export function findOperation(resource: string, operation: string): Operation | undefined {
	const table: Record<string, Resource> = resources;
	if (!Object.hasOwn(table, resource)) return undefined;
	const operations = table[resource]?.operations ?? {};
	return Object.hasOwn(operations, operation) ? operations[operation] : undefined;
}
