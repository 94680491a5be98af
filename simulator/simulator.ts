import { FaultEngine } from './faults/faults.ts';
import { RateLimits } from './faults/limits.ts';
import { ChatEvents } from './chat/events.ts';
import { Typing } from './chat/typing.ts';
import type { Addresses } from './guard/addresses.ts';
import type { RequestEntry } from './state/request-log.ts';
import type { Account } from './state/account.ts';
import { Clock } from './state/clock.ts';
import { Counters } from './state/counters.ts';
import { Customers } from './state/customers.ts';
import { defaultAccount } from './state/default-account.ts';
import { MediaStore } from './state/media.ts';
import { MessageLog } from './state/messages.ts';
import { TemplateRecords } from './state/templates/template-records.ts';
import { Ring } from './state/ring.ts';
import type { Settings } from './state/settings.ts';
import { WebhookSender } from './webhooks/sender.ts';
import { StatusBatches } from './webhooks/status-batches.ts';

/** How many requests `/_simulator/requests` keeps. */
const rememberedRequests = 1000;

/** Everything that one simulator knows; the routes work on it. */
export interface Simulator {
	clock: Clock;
	settings: Settings;
	account: Account;
	customers: Customers;
	messages: MessageLog;
	media: MediaStore;
	counters: Counters;
	requests: Ring<RequestEntry>;
	faults: FaultEngine;
	limits: RateLimits;
	webhooks: WebhookSender;
	statusBatches: StatusBatches;
	chat: ChatEvents;
	typing: Typing;
	/** What becomes of templates over time. */
	templates: TemplateRecords;
	/** How often Direct Send failed to make a template, by business account and name. */
	failedTemplates: Map<string, number>;
	/** Free service messages used so far, by number and month. */
	freeServiceMessages: Map<string, number>;
	/** Conversations that the AI agent handles: its app gets their messages, this one copies. */
	agentThreads: Set<string>;
	/** Upload sessions by ID. */
	uploads: Map<string, UploadSession>;
	/** The names it answers to and the hosts it may call. */
	addresses: Addresses;
	/** Base of links in answers; empty: the address that the request used. */
	publicUrl: string;
	/** Resets everything to the state at the start. */
	reset(): void;
}

/** A resumable upload (`POST /{app}/uploads`). */
export interface UploadSession {
	id: string;
	fileName: string;
	fileType: string;
	/** Bytes. */
	fileLength: number;
	/** Bytes received so far. */
	fileOffset: number;
	/** Where they are; null before the first. */
	path: string | null;
	handle: string;
}

/** A simulator with the default account. Every reset returns to these `settings`. */
export function createSimulator(
	settings: Settings,
	addresses: Addresses,
	publicUrl: string,
): Simulator {
	const clock = new Clock();
	const customers = new Customers();
	customers.clear();
	const media = new MediaStore(clock);
	const chat = new ChatEvents();
	const faults = new FaultEngine();
	const simulator: Simulator = {
		clock,
		settings: structuredClone(settings),
		account: defaultAccount(),
		customers,
		messages: new MessageLog(),
		media,
		counters: new Counters(),
		requests: new Ring(rememberedRequests),
		faults,
		limits: new RateLimits(),
		webhooks: new WebhookSender(clock, () => simulator.settings.webhooks, faults, addresses),
		statusBatches: new StatusBatches(),
		chat,
		typing: new Typing(),
		templates: new TemplateRecords(),
		failedTemplates: new Map(),
		freeServiceMessages: new Map(),
		agentThreads: new Set(),
		uploads: new Map(),
		addresses,
		publicUrl,
		reset() {
			simulator.messages.clear();
			clock.reset();
			simulator.webhooks.reset();
			simulator.statusBatches.clear();
			simulator.settings = structuredClone(settings);
			simulator.account = defaultAccount();
			customers.clear();
			media.clear();
			simulator.counters.reset();
			simulator.requests.clear();
			faults.reset();
			simulator.limits.reset();
			simulator.templates.clear();
			simulator.failedTemplates.clear();
			simulator.freeServiceMessages.clear();
			simulator.agentThreads.clear();
			simulator.uploads.clear();
			simulator.typing.clear();
			chat.publish('reset', {});
		},
	};
	return simulator;
}
