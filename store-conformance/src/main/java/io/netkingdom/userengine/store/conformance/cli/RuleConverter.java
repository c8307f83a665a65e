package io.netkingdom.userengine.store.conformance.cli;

import io.netkingdom.userengine.store.conformance.Manifest;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An argument that is a rule's id. */
final class RuleConverter implements ITypeConverter<Manifest.Entry> {

  /** For picocli. */
  RuleConverter() {}

  @Override
  public Manifest.Entry convert(String id) {
    return Manifest.current()
        .find(id)
        .orElseThrow(() -> new TypeConversionException("no rule has the id " + id));
  }
}
