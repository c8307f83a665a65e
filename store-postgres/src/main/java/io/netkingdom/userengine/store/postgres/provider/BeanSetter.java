package io.netkingdom.userengine.store.postgres.provider;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A bean's property of a simple type, with the value that it is to be given. (java.beans is in
 * java.desktop, which a server has no other need of.)
 */
record BeanSetter(Method setter, Object value) {

  /** A value that the property's type does not take. */
  static final class Unconvertible extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** In the order in which overloads are looked for. */
  private static final List<Class<?>> SIMPLE =
      List.of(
          String.class,
          int.class,
          Integer.class,
          long.class,
          Long.class,
          boolean.class,
          Boolean.class);

  /** The setter of a property; empty if there is none of a simple type. */
  static Optional<BeanSetter> of(Class<?> bean, String property, String value)
      throws Unconvertible {
    String name = "set" + Character.toUpperCase(property.charAt(0)) + property.substring(1);
    Optional<Method> setter =
        SIMPLE.stream()
            .flatMap(type -> setters(bean, name).filter(m -> m.getParameterTypes()[0] == type))
            .findFirst();
    return setter.isEmpty()
        ? Optional.empty()
        : Optional.of(new BeanSetter(setter.get(), convert(setter.get(), value)));
  }

  private static Stream<Method> setters(Class<?> bean, String name) {
    return Arrays.stream(bean.getMethods())
        .filter(m -> m.getName().equals(name) && m.getParameterCount() == 1);
  }

  private static Object convert(Method setter, String value) throws Unconvertible {
    Class<?> type = setter.getParameterTypes()[0];
    try {
      if (type == int.class || type == Integer.class) {
        return Integer.valueOf(value);
      }
      if (type == long.class || type == Long.class) {
        return Long.valueOf(value);
      }
    } catch (NumberFormatException e) {
      throw new Unconvertible();
    }
    if (type == String.class) {
      return value;
    }
    if (value.equals("true") || value.equals("false")) {
      return Boolean.valueOf(value);
    }
    throw new Unconvertible();
  }

  /** Sets the property. */
  void apply(Object bean) throws InvocationTargetException, IllegalAccessException {
    setter.invoke(bean, value);
  }
}
