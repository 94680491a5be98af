import type { JsonValue } from '../reading/lenientJson';

interface Template {
	messageTemplateId?: JsonValue;
	messageTemplateName?: JsonValue;
	messageTemplateLanguage?: JsonValue;
}

/**
 * The `details` of each notice: the fields that Meta documents, in camel case. Any of them can be
 * missing, and fields that Meta adds are passed on.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview
 */
export interface NoticeDetails {
	account_alerts: {
		entityType?: JsonValue;
		entityId?: JsonValue;
		alertInfo?: JsonValue;
	};
	account_review_update: { decision?: JsonValue };
	account_settings_update: { type?: JsonValue; phoneNumberSettings?: JsonValue };
	account_update: {
		event?: JsonValue;
		phoneNumber?: JsonValue;
		country?: JsonValue;
		banInfo?: JsonValue;
		violationInfo?: JsonValue;
		restrictionInfo?: JsonValue;
		wabaInfo?: JsonValue;
		disconnectionInfo?: JsonValue;
		volumeTierInfo?: JsonValue;
		authInternationalRateEligibility?: JsonValue;
		partnerClientCertificationInfo?: JsonValue;
	};
	automatic_events: {
		id?: JsonValue;
		eventName?: JsonValue;
		ctwaClid?: JsonValue;
		customData?: JsonValue;
	};
	business_capability_update: {
		maxDailyConversationsPerBusiness?: JsonValue;
		maxPhoneNumbersPerBusiness?: JsonValue;
		maxPhoneNumbersPerWaba?: JsonValue;
	};
	business_username_updates: { username?: JsonValue; status?: JsonValue };
	calls: {
		id?: JsonValue;
		event?: JsonValue;
		direction?: JsonValue;
		from?: JsonValue;
		to?: JsonValue;
		status?: JsonValue;
		session?: JsonValue;
		startTime?: JsonValue;
		endTime?: JsonValue;
		/** Seconds. */
		duration?: JsonValue;
		bizOpaqueCallbackData?: JsonValue;
		/** `audio` with `id`, `mimeType`, `sha256` and `url`. */
		callRecording?: JsonValue;
		/** `document` with `id`, `mimeType`, `sha256` and `url`. */
		callTranscript?: JsonValue;
	};
	errors: { code?: JsonValue; title?: JsonValue; message?: JsonValue; errorData?: JsonValue };
	flows: {
		event?: JsonValue;
		flowId?: JsonValue;
		message?: JsonValue;
		oldStatus?: JsonValue;
		newStatus?: JsonValue;
		threshold?: JsonValue;
		alertState?: JsonValue;
		errors?: JsonValue;
	};
	group_lifecycle_update: GroupDetails;
	group_participants_update: GroupDetails;
	group_settings_update: GroupDetails;
	group_status_update: GroupDetails;
	history: { metadata?: JsonValue; errors?: JsonValue };
	message_template_components_update: Template & { messageTemplateElement?: JsonValue };
	message_template_quality_update: Template & {
		previousQualityScore?: JsonValue;
		newQualityScore?: JsonValue;
	};
	message_template_status_update: Template & {
		event?: JsonValue;
		reason?: JsonValue;
		messageTemplateCategory?: JsonValue;
		disableInfo?: JsonValue;
		otherInfo?: JsonValue;
	};
	messaging_handovers: {
		sender?: JsonValue;
		recipient?: JsonValue;
		controlPassed?: JsonValue;
		controlTaken?: JsonValue;
		/** What was said before, wherever Meta put it. */
		conversationContext?: JsonValue;
	};
	partner_solutions: { event?: JsonValue; solutionId?: JsonValue; solutionStatus?: JsonValue };
	payment_configuration_update: { configurationName?: JsonValue; status?: JsonValue };
	phone_number_name_update: {
		displayPhoneNumber?: JsonValue;
		decision?: JsonValue;
		requestedVerifiedName?: JsonValue;
		rejectionReason?: JsonValue;
	};
	phone_number_quality_update: {
		displayPhoneNumber?: JsonValue;
		event?: JsonValue;
		currentLimit?: JsonValue;
		oldLimit?: JsonValue;
		maxDailyConversationsPerBusiness?: JsonValue;
	};
	security: { displayPhoneNumber?: JsonValue; event?: JsonValue; requester?: JsonValue };
	smb_app_state_sync: { type?: JsonValue; action?: JsonValue; contact?: JsonValue };
	template_category_update: Template & {
		previousCategory?: JsonValue;
		/** The category that it changes to, in the advance notice as well. */
		newCategory?: JsonValue;
		correctCategory?: JsonValue;
		currentCategory?: JsonValue;
		/** Whether the change is still to come. */
		isAdvance?: JsonValue;
		/** ISO 8601 in UTC. */
		changesAt?: JsonValue;
	};
	template_correct_category_detection: Template & {
		category?: JsonValue;
		correctCategory?: JsonValue;
	};
	tracking_events: { eventName?: JsonValue; trackingData?: JsonValue };
	user_actions: { actionType?: JsonValue; marketingMessagesLinkClickData?: JsonValue };
	user_id_update: { waId?: JsonValue; userId?: JsonValue; detail?: JsonValue };
	user_preferences: {
		waId?: JsonValue;
		userId?: JsonValue;
		category?: JsonValue;
		value?: JsonValue;
		detail?: JsonValue;
	};
}

interface GroupDetails {
	groupId?: JsonValue;
	type?: JsonValue;
	requestId?: JsonValue;
	subject?: JsonValue;
	description?: JsonValue;
	addedParticipants?: JsonValue;
	removedParticipants?: JsonValue;
}

export type NoticeName = keyof NoticeDetails;

/** Notices about the account itself; all others can name people. */
export const ACCOUNT_NOTICES: ReadonlySet<string> = new Set<NoticeName>([
	'account_alerts',
	'account_review_update',
	'account_settings_update',
	'account_update',
	'business_capability_update',
	'business_username_updates',
	'flows',
	'message_template_components_update',
	'message_template_quality_update',
	'message_template_status_update',
	'partner_solutions',
	'payment_configuration_update',
	'phone_number_name_update',
	'phone_number_quality_update',
	'security',
	'template_category_update',
	'template_correct_category_detection',
]);
