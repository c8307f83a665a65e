package io.netkingdom.userengine.store.conformance.cli;

import io.netkingdom.userengine.store.conformance.Manifest;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An argument that is {@code core} or the name of a capability. */
final class ScopeConverter implements ITypeConverter<String> {

  /** For picocli. */
  ScopeConverter() {}

  @Override
  public String convert(String name) {
    List<String> scopes =
        Manifest.current().rules().stream().map(Manifest.Entry::scope).distinct().sorted().toList();
    if (!scopes.contains(name)) {
      throw new TypeConversionException("not one of " + String.join(", ", scopes));
    }
    return name;
  }
}
