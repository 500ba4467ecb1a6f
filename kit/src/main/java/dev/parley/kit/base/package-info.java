/** Time, ids, secrets and refusals: what every other package may use and no feature is named in. */
@org.jspecify.annotations.NullMarked
package dev.parley.kit.base;
