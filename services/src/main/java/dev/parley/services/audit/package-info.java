/**
 * The audit log: who changed keys, roles and sign-ins, written in the transaction of the change.
 * Start at {@link dev.parley.services.audit.AuditLog}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.audit;
