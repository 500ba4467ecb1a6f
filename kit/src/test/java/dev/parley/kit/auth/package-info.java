/** Tests of signatures, tokens and the vault; vectors come from the JDK and not from our code. */
@org.jspecify.annotations.NullMarked
package dev.parley.kit.auth;
