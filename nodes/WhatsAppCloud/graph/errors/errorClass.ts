/** The kind of problem a code stands for; workflows can switch on it. */
export type ErrorClass =
	| 'auth'
	| 'experiment'
	| 'flow_state'
	| 'invalid_request'
	| 'limit_reached'
	| 'marketing_frequency_cap'
	| 'media'
	| 'opted_out'
	| 'other'
	| 'payment'
	| 'permission'
	| 'policy_restricted'
	| 'recipient'
	| 'registration'
	| 'retry_later'
	| 'spam_limited'
	| 'template_missing'
	| 'template_params'
	| 'template_state'
	| 'throttled'
	| 'throttled_long'
	| 'throttled_pair'
	| 'transient'
	| 'undeliverable'
	| 'window_closed';

/**
 * Whether a request that failed with this code may be sent again.
 * - `never`: the same request cannot succeed.
 * - `safe`: Meta refused it before processing; sending again cannot double it.
 * - `afterUnknown`: Meta may have accepted the message anyway; sending again can double it.
 */
export type Retry = 'never' | 'safe' | 'afterUnknown';
